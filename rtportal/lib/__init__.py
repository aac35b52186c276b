"""Small helpers, one topic per file, that know no model of ours."""
