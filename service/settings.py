"""Everything that can be set, read once from the environment."""

import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

PREFIX = "HANDBACK_"


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """One frozen value; names are HANDBACK_<FIELD> in the environment."""

    data_dir: Path = Path(".data")
    database_url: str = ""
    photos_url: str = ""
    public_url: str = "http://127.0.0.1:8000"
    sample: bool = False
    font: str = ""
    token_minutes: int = 60
    session_days: int = 30
    page_session_minutes: int = 720
    max_body_bytes: int = 2_000_000
    max_plan_bytes: int = 24_000_000
    max_photo_bytes: int = 200_000_000
    upload_hours: int = 168
    max_incident_photos: int = 2_000
    max_incident_bytes: int = 40_000_000_000
    max_device_uploads: int = 500
    max_device_bytes: int = 10_000_000_000
    trusted_proxies: int = 0

    @classmethod
    def from_env(cls, environ: Mapping[str, str] = os.environ) -> "Settings":
        """Read the settings; an unreadable one is named.

        Raises: ValueError with the variable, what was wrong and what it takes.
        """
        known = {PREFIX + name.upper(): name for name in cls.__slots__}
        given: dict[str, object] = {}
        for variable, name in known.items():
            if variable in environ:
                given[name] = _read(variable, environ[variable], getattr(_DEFAULTS, name))
        return cls(**given)  # type: ignore[arg-type]

    @property
    def database(self) -> str:
        """The database's URL: what was set, else SQLite in the data folder."""
        return self.database_url or f"sqlite:///{self.data_dir.absolute() / 'handback.db'}"

    @property
    def photos(self) -> str:
        """Where photos lie: what was set, else a folder in the data folder."""
        return self.photos_url or str(self.data_dir.absolute() / "photos")


_DEFAULTS = Settings()


def _read(variable: str, text: str, default: object) -> object:
    if isinstance(default, bool):
        if text.lower() in {"1", "true", "yes"}:
            return True
        if text.lower() in {"", "0", "false", "no"}:
            return False
        raise ValueError(f"{variable}={text!r}: say 1 or 0")
    if isinstance(default, int):
        if not text.isdecimal():
            raise ValueError(f"{variable}={text!r}: it takes a whole number")
        return int(text)
    return Path(text) if isinstance(default, Path) else text
