"""A Django project of one file: runs in the rivals' environment, never in ours.

`fill N` queues letters, `send` is the rival's own command, `waiting` prints how many wait. The environment
says which rival (RIVAL), where its database lives (RIVAL_HOME) and where the server is (RIVAL_PORT).
"""

import os
import sys
from importlib import import_module
from pathlib import Path

BACKENDS = {
    "django_mailer": "mailer.backend.DbBackend",
    "django_post_office": "post_office.EmailBackend",
}
SMTP = "django.core.mail.backends.smtp.EmailBackend"


def main(words: list[str]) -> None:
    """Do one of the three things."""
    rival, home = os.environ["RIVAL"], Path(os.environ["RIVAL_HOME"])
    django, conf = import_module("django"), import_module("django.conf")
    conf.settings.configure(
        SECRET_KEY="bench",
        DATABASES={"default": {"ENGINE": "django.db.backends.sqlite3", "NAME": home / "rival.sqlite"}},
        INSTALLED_APPS=["mailer" if rival == "django_mailer" else "post_office"],
        TEMPLATES=[{"BACKEND": "django.template.backends.django.DjangoTemplates"}],
        EMAIL_BACKEND=BACKENDS[rival],
        MAILER_EMAIL_BACKEND=SMTP,
        # its default lock file is not removed by a kill, and nothing is sent any more
        MAILER_USE_FILE_LOCK=False,
        POST_OFFICE={"BACKENDS": {"default": SMTP}, "DEFAULT_PRIORITY": "medium", "THREADS_PER_PROCESS": 1},
        EMAIL_HOST="127.0.0.1",
        EMAIL_PORT=int(os.environ["RIVAL_PORT"]),
        DEFAULT_AUTO_FIELD="django.db.models.AutoField",
        USE_TZ=True,
    )
    django.setup()
    call = import_module("django.core.management").call_command
    match words:
        case ["fill", count]:
            call("migrate", verbosity=0)
            send_mail = import_module("django.core.mail").send_mail
            for number in range(int(count)):
                send_mail("a kit", "Shall I pack one up?\n", "tom@a.example", [f"p{number:05d}@b.example"])
        case ["send"]:
            call("send_mail" if rival == "django_mailer" else "send_queued_mail")
        case _:
            print(_waiting(rival))


def _waiting(rival: str) -> int:
    if rival == "django_mailer":
        return int(import_module("mailer.models").Message.objects.count())
    models = import_module("post_office.models")
    unsent = (models.STATUS.queued, models.STATUS.requeued)
    return int(models.Email.objects.filter(status__in=unsent).count())


if __name__ == "__main__":
    main(sys.argv[1:])
