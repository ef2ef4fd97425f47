"""Our names for what a file may say, and how columns of others are recognised."""

import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence

from agent.domain.errors import BadInput

_ALSO_CALLED: Mapping[str, str] = {
    "platform": ("platform, reseau, reseau social, plateforme, network, social network, channel type, media"),
    "handle": (
        "handle, username, user name, @, pseudo, pseudonyme, nom d utilisateur, nom utilisateur, "
        "compte, account, account name, nom du compte, identifiant, login, owner username, user, "
        "screen name, instagram handle, tiktok handle, instagram username, tiktok username"
    ),
    "url": (
        "url, lien, link, profile url, profil, profile, profile link, lien du profil, url du "
        "profil, input url"
    ),
    "name": (
        "name, nom, full name, nom complet, display name, nom affiche, prenom, first name, owner "
        "full name, creator, createur, creatrice, creator name, nom du createur"
    ),
    "language": "language, langue, lang, langue principale, main language",
    "country": "country, pays, country code, code pays, location country",
    "market": "market, marche",
    "followers": (
        "followers, abonnes, followers count, follower count, nombre d abonnes, nb abonnes, nb d "
        "abonnes, subscribers, subscriber count, nb followers, nombre de followers, fans, "
        "communaute, audience, number of followers"
    ),
    "bio": "bio, biography, biographie, description, about, a propos, presentation, signature",
    "email": (
        "email, e mail, mail, courriel, email address, e mail address, adresse email, adresse e "
        "mail, adresse mail, adresse courriel, business email, public email, contact email, email "
        "pro, mail pro, email professionnel"
    ),
    "email_source": "email source, source email, source de l email, source du mail, origine de l email",
    "email_source_kind": "email source kind, email source type, type de source",
    "email_source_url": "email source url, source url, url de la source, lien de la source",
    "email_source_found_at": "email source found at, email source date, date de la source",
    "business_contact": "business contact, contact pro, contact professionnel, usage professionnel",
    "post_id": "post id, id du post, id post, short code, shortcode, media id, video id",
    "text": (
        "text, texte, caption, captions, legende, post text, texte du post, contenu, content, "
        "message, post, post caption"
    ),
    "kind": "kind, post type, type de post, media type, type",
    "published_at": (
        "published at, published, date, publie le, date de publication, publication date, "
        "published on, posted at, post date, date du post, timestamp, created time, taken at"
    ),
    "likes": ("likes, like, j aime, like count, likes count, nombre de j aime, nb likes, mentions j aime"),
    "comments": "comments, commentaires, comment count, comments count, nb commentaires",
    "views": (
        "views, vues, view count, views count, plays, play count, video view count, video play count, nb vues"
    ),
    "post_url": "post url, post link, permalink, lien du post, url du post, permalien",
    "id": "id, identifiant interne, creator id",
}
FIELDS = tuple(_ALSO_CALLED)
"""Every name that a mapping file may use, on the right."""

_ACCEPTED = {"published": "published_at", "caption": "text", "username": "handle"}
_FIELD_OF = {name: field for field, names in _ALSO_CALLED.items() for name in names.split(", ")}
_CAMEL = re.compile(r"(?<=[a-z0-9])(?=[A-Z])")


def field_named(name: str) -> str | None:
    """Return the field that somebody means who knows our names: `email_source.url`, `published`."""
    plain = name.strip().lower().replace(".", "_")
    return plain if plain in FIELDS else _ACCEPTED.get(plain)


def guessed(column: str) -> str | None:
    """Return the field that a column's title means, in French or English or as an export tool writes it."""
    return _FIELD_OF.get(plain_title(column))


def plain_title(column: str) -> str:
    """Return a title without case, accents, punctuation and camels: `followersCount` is `followers count`."""
    if column.strip() == "@":
        return "@"
    spaced = _CAMEL.sub(" ", column.strip())
    decomposed = unicodedata.normalize("NFKD", spaced.casefold())
    kept = (char if char.isalnum() else " " for char in decomposed if not unicodedata.combining(char))
    return " ".join("".join(kept).split())


def assigned(
    header: Sequence[str], chosen: Mapping[str, str | None], *, constants: Iterable[str], file: str
) -> dict[int, str]:
    """Return which field each column holds, by position; columns that mean nothing to us are left out.

    `chosen` is what a mapping file says of some titles (None: leave it out); it wins over every guess.
    Raises BadInput where two columns claim the same field.
    """
    named = {plain_title(title): field for title, field in chosen.items()}
    fields: dict[int, str] = {}
    for position, title in enumerate(header):
        field = named.get(plain_title(title))
        if field is not None:
            fields[position] = field
    taken = set(fields.values()) | set(constants)
    for position, title in enumerate(header):
        if plain_title(title) not in named and (field := guessed(title)) is not None and field not in taken:
            fields[position] = field
    _refuse_rivals(header, fields, file)
    return fields


def _refuse_rivals(header: Sequence[str], fields: Mapping[int, str], file: str) -> None:
    first: dict[str, int] = {}
    for position, field in sorted(fields.items()):
        if field in first:
            one, other = first[field], position
            raise BadInput(
                f"{file}: the columns “{header[one]}” (number {one + 1}) and “{header[other]}” "
                f"(number {other + 1}) both look like {field}. "
                "Say which one it is in a mapping file, and import with --map FILE that holds "
                f'columns: {{"{header[other]}": {field}}}'
            )
        first[field] = position
