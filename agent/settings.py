"""Settings from the environment or `.env`, read once; an error names the variable."""

import os
import re
from decimal import Decimal
from pathlib import Path
from typing import Annotated, Self
from zoneinfo import available_timezones

from dotenv import dotenv_values
from platformdirs import user_data_path
from pydantic import Field, SecretStr, ValidationError, field_validator, model_validator
from pydantic_settings import BaseSettings, NoDecode, SettingsConfigDict

from agent.domain.errors import BadInput

_TIERS = re.compile(r"\s*([A-Z]{2})\s*=\s*(\d{1,9})\s*/\s*(\d{1,9})\s*")


class Settings(BaseSettings):
    """Everything that may be configured. Values are checked at start, so that no run fails half-way."""

    model_config = SettingsConfigDict(
        env_file=".env", env_file_encoding="utf-8", frozen=True, extra="ignore", env_ignore_empty=True
    )

    home: Path = Field(
        default_factory=lambda: user_data_path("nanoreach", appauthor=False),
        validation_alias="NANOREACH_HOME",
    )
    database_url: str | None = Field(default=None, validation_alias="NANOREACH_DATABASE_URL")
    embedding_model: str = Field(default="multilingual-use-v3", validation_alias="NANOREACH_EMBEDDING_MODEL")
    vectors: str = Field(default="faiss", validation_alias="NANOREACH_VECTORS")
    vectors_token_file: Path | None = Field(default=None, validation_alias="NANOREACH_VECTORS_TOKEN_FILE")
    openai_api_key: SecretStr | None = Field(default=None, validation_alias="OPENAI_API_KEY")
    openai_base_url: str | None = Field(default=None, validation_alias="OPENAI_BASE_URL")
    model: str = Field(default="gpt-5-mini", validation_alias="NANOREACH_MODEL")
    model_timeout: float = Field(default=60.0, gt=0, validation_alias="NANOREACH_MODEL_TIMEOUT")
    tokens_per_letter: int = Field(
        default=1500, ge=100, le=100_000, validation_alias="NANOREACH_TOKENS_PER_LETTER"
    )
    input_price: Decimal = Field(default=Decimal(0), ge=0, validation_alias="NANOREACH_INPUT_PRICE")
    output_price: Decimal = Field(default=Decimal(0), ge=0, validation_alias="NANOREACH_OUTPUT_PRICE")
    cached_price: Decimal | None = Field(default=None, ge=0, validation_alias="NANOREACH_CACHED_PRICE")
    budget_per_day: Decimal | None = Field(default=None, gt=0, validation_alias="NANOREACH_BUDGET_PER_DAY")
    tokens_per_day: int | None = Field(default=None, gt=0, validation_alias="NANOREACH_TOKENS_PER_DAY")
    requests_per_minute: int | None = Field(
        default=None, gt=0, validation_alias="NANOREACH_REQUESTS_PER_MINUTE"
    )
    tokens_per_minute: int | None = Field(default=None, gt=0, validation_alias="NANOREACH_TOKENS_PER_MINUTE")
    calls_at_once: int = Field(default=64, gt=0, le=1000, validation_alias="NANOREACH_CALLS_AT_ONCE")
    expand_queries: bool = Field(default=False, validation_alias="NANOREACH_EXPAND_QUERIES")
    label_replies: bool = Field(default=True, validation_alias="NANOREACH_LABEL_REPLIES")
    smtp_url: SecretStr | None = Field(default=None, validation_alias="NANOREACH_SMTP_URL")
    smtp_password_file: Path | None = Field(default=None, validation_alias="NANOREACH_SMTP_PASSWORD_FILE")
    dkim_domain: str | None = Field(default=None, validation_alias="NANOREACH_DKIM_DOMAIN")
    dkim_selector: str | None = Field(default=None, validation_alias="NANOREACH_DKIM_SELECTOR")
    dkim_key_file: Path | None = Field(default=None, validation_alias="NANOREACH_DKIM_KEY_FILE")
    imap_url: SecretStr | None = Field(default=None, validation_alias="NANOREACH_IMAP_URL")
    imap_password_file: Path | None = Field(default=None, validation_alias="NANOREACH_IMAP_PASSWORD_FILE")
    public_url: str | None = Field(default=None, validation_alias="NANOREACH_PUBLIC_URL")
    secret_key_file: Path | None = Field(default=None, validation_alias="NANOREACH_SECRET_KEY_FILE")
    allowed_hosts: Annotated[tuple[str, ...], NoDecode] = Field(
        default=("localhost", "127.0.0.1", "[::1]"), validation_alias="NANOREACH_ALLOWED_HOSTS"
    )
    zone: str = Field(default="Europe/Paris", validation_alias="NANOREACH_ZONE")

    answer_days: int = Field(default=14, gt=0, validation_alias="NANOREACH_ANSWER_DAYS")
    cool_down_days: int = Field(default=90, ge=0, validation_alias="NANOREACH_COOL_DOWN_DAYS")

    minutes_per_letter: Decimal = Field(
        default=Decimal(4), gt=0, validation_alias="NANOREACH_MINUTES_PER_LETTER"
    )
    exposure_months: int = Field(default=12, gt=0, validation_alias="NANOREACH_EXPOSURE_MONTHS")
    fit_floor: float = Field(default=0.2, ge=0, le=1, validation_alias="NANOREACH_FIT_FLOOR")
    tiers: Annotated[dict[str, tuple[int, int]], NoDecode] = Field(
        default_factory=dict, validation_alias="NANOREACH_TIERS"
    )

    @field_validator("tiers", mode="before")
    @classmethod
    def _bounds(cls, value: object) -> object:
        if not isinstance(value, str):
            return value
        found = [_TIERS.fullmatch(part) for part in value.split(",")]
        bounds = {match[1]: (int(match[2]), int(match[3])) for match in found if match is not None}
        if None in found or len(bounds) < len(found) or any(nano > micro for nano, micro in bounds.values()):
            raise ValueError("must name each market once, as in US=5000/100000,DE=10000/50000")
        return bounds

    @field_validator("allowed_hosts", mode="before")
    @classmethod
    def _split(cls, value: object) -> object:
        if isinstance(value, str):
            return tuple(host.strip() for host in value.split(",") if host.strip())
        return value

    @field_validator("public_url")
    @classmethod
    def _https(cls, value: str | None) -> str | None:
        if value is not None and not value.startswith(("https://", "http://localhost", "http://127.0.0.1")):
            raise ValueError("must begin with https://")
        return value.rstrip("/") if value else value

    @field_validator("zone")
    @classmethod
    def _known_zone(cls, value: str) -> str:
        if value not in available_timezones():
            raise ValueError("is no time zone; write for example Europe/Paris")
        return value

    @model_validator(mode="after")
    def _prices_for_the_budget(self) -> Self:
        if self.budget_per_day is not None and not (self.input_price and self.output_price):
            raise ValueError(
                "NANOREACH_BUDGET_PER_DAY counts money, so it needs NANOREACH_INPUT_PRICE and "
                "NANOREACH_OUTPUT_PRICE; a model without a price is bounded by NANOREACH_TOKENS_PER_DAY"
            )
        return self

    @model_validator(mode="after")
    def _whole_signature(self) -> Self:
        given = [self.dkim_domain, self.dkim_selector, self.dkim_key_file]
        if any(given) and not all(given):
            raise ValueError(
                "NANOREACH_DKIM_DOMAIN, NANOREACH_DKIM_SELECTOR and NANOREACH_DKIM_KEY_FILE belong together"
            )
        return self

    @classmethod
    def env_names(cls) -> tuple[str, ...]:
        """Return the names of all environment variables, in the order of the fields."""
        return tuple(str(field.validation_alias) for field in cls.model_fields.values())

    @classmethod
    def load(cls, *, home: Path | None = None) -> Self:
        """Read the environment; `home` from the command line wins. Raises BadInput naming the variable."""
        try:
            settings = cls()
        except ValidationError as error:
            first = error.errors()[0]
            name = str(first["loc"][0]) if first["loc"] else "the configuration"
            # the value itself is not repeated: it may be a secret
            raise BadInput(
                f"{name} cannot be used: {first['msg']}. Correct it in the environment or in .env."
            ) from None
        return settings.model_copy(update={"home": home}) if home is not None else settings

    @staticmethod
    def variable(name: str) -> str | None:
        """Return what a variable of the environment or of `.env` holds; the environment wins."""
        return os.environ.get(name) or dotenv_values(".env", encoding="utf-8").get(name)

    @property
    def store_url(self) -> str:
        """The database's URL: the configured one, or SQLite in the home."""
        return self.database_url or f"sqlite:///{self.home / 'nanoreach.sqlite'}"

    @property
    def model_is_configured(self) -> bool:
        """Whether a model may be asked: with a key, or at an endpoint of one's own that needs none."""
        return self.openai_api_key is not None or self.openai_base_url is not None
