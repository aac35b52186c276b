"""Pure helpers, one topic per file: no models, no settings, no network."""
