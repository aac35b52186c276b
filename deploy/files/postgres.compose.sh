#!/bin/sh
# Run once by the image when its database is new: the portal's role, which is no superuser, and its database.
set -eu
# Out of the environment, because everybody on the host may read command lines.
psql --quiet --no-psqlrc --username postgres --dbname postgres --set=ON_ERROR_STOP=1 <<'END'
\getenv password RTPORTAL_PASSWORD
CREATE ROLE rtportal LOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE NOREPLICATION NOBYPASSRLS PASSWORD :'password';
CREATE DATABASE rtportal OWNER rtportal TEMPLATE template0 ENCODING 'UTF8' LOCALE 'C.UTF-8';
REVOKE ALL ON DATABASE rtportal FROM PUBLIC;
END
