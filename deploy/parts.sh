# shellcheck shell=sh
# The parts of deploy/install, which reads this file: each looks first and then makes what is missing.
# shellcheck disable=SC2153 # variables of deploy/install and deploy/steps.sh

VAR=/var/lib/rtportal
BACKUPS=/var/backups/rtportal
CERTIFICATES=$ETC/tls

install_packages() {
    needed='python3 python3-venv ca-certificates curl openssl tar'
    if has web; then needed="$needed nginx logrotate"; fi
    if has backup || is_first_machine; then needed="$needed postgresql-client"; fi
    if is_local_database; then needed="$needed postgresql"; fi
    if is_local_redis; then needed="$needed redis-server"; fi
    if [ "$TLS" = acme ]; then needed="$needed certbot"; fi
    if [ -n "$FIREWALL" ]; then needed="$needed ufw"; fi
    missing=''
    for package in $needed; do
        [ "$(dpkg-query -W -f '${db:Status-Status}' "$package" 2>/dev/null)" = installed ] || missing="$missing $package"
    done
    [ -n "$missing" ] || return 0
    say "Memasang paket:$missing …"
    export DEBIAN_FRONTEND=noninteractive
    # A fresh server often renews itself in its first minutes.
    apt-get -qq -o DPkg::Lock::Timeout=300 update || fail "Daftar paket tidak dapat diambil. Periksa sambungan internet, \
DNS dan jam mesin, dan apakah apt lain sedang berjalan; lalu jalankan perintah yang sama lagi."
    # shellcheck disable=SC2086 # words on purpose
    apt-get -qq -o DPkg::Lock::Timeout=300 install --yes --no-install-recommends $missing >/dev/null || fail "Paket tidak dapat dipasang:$missing"
    case $missing in
        # The portal has a Redis of its own; the distribution's would listen for nobody.
        *redis-server*) systemctl disable --now redis-server.service || true ;;
    esac
}

is_local_database() { [ ! -s "$ETC/environment" ] || value DATABASE_URL | grep -q 'host=/run/postgresql'; }
is_local_redis() { [ ! -s "$ETC/environment" ] || value REDIS_URL | grep -q '^unix:///run/rtportal/'; }

make_account() {
    getent passwd rtportal >/dev/null \
        || useradd --system --user-group --home-dir "$VAR" --no-create-home --shell /usr/sbin/nologin rtportal
}

make_folders() {
    install -d -m 755 "$OPT" "$OPT/releases" "$ETC"
    install -d -m 750 -o rtportal -g rtportal "$VAR"
    install -d -m 700 -o rtportal -g rtportal "$VAR/files" "$VAR/redis" "$BACKUPS"
}

write_environment() {
    umask 077
    cat >"$ETC/.environment" <<END
# Pengaturan portal; dibaca oleh semua bagiannya. Tulis NAMA='nilai' dalam satu baris; daftar nama ada di README.md.
# Setelah mengubah: systemctl restart rtportal-web rtportal-worker rtportal-beat
# KUNCI di bawah dibuat sekali. Tanpa kunci ini tautan pribadi mati dan NIK tidak terbaca: simpan salinannya di brankas.
BASE_URL='https://$DOMAIN'
ALLOWED_HOSTS='$DOMAIN'
DATABASE_URL='postgres://rtportal@/rtportal?host=/run/postgresql'
REDIS_URL='unix:///run/rtportal/redis.sock'
VAR_DIR='$VAR'
STATIC_ROOT='collected/static'
LARGEST_UPLOAD_MB='25'
LOG_FORMAT='json'
PROMETHEUS_MULTIPROC_DIR='/run/rtportal/metrics'
# Surel keluar, misalnya smtp+tls://nama:sandi@surel.contoh.go.id:587
EMAIL_URL=''
EMAIL_FROM='Portal RT <portal@$DOMAIN>'
# Cadangan malam hari; kunci umum age para penerima (age1…), dipisah koma. Lihat deploy/BACKUP.md
BACKUP_FOLDER='$BACKUPS'
BACKUP_RECIPIENTS=''
END
    chown root:rtportal "$ETC/.environment"
    chmod 640 "$ETC/.environment"
    mv "$ETC/.environment" "$ETC/environment"
    umask 022
}

# By the account of the system, over the socket: there is no password that could be lost.
provide_database() {
    is_local_database || return 0
    systemctl enable --now postgresql.service
    until as_postgres 'SELECT 1' >/dev/null 2>&1; do
        waited=$((${waited:-0} + 1))
        [ "$waited" -lt 30 ] || fail "PostgreSQL tidak menjawab."
        sleep 1
    done
    # Not a superuser and without BYPASSRLS: the rules of rows bind the portal too.
    [ "$(as_postgres "SELECT 1 FROM pg_roles WHERE rolname = 'rtportal'")" = 1 ] \
        || as_postgres 'CREATE ROLE rtportal LOGIN'
    as_postgres 'ALTER ROLE rtportal NOSUPERUSER NOCREATEDB NOCREATEROLE NOREPLICATION NOBYPASSRLS'
    [ "$(as_postgres "SELECT 1 FROM pg_database WHERE datname = 'rtportal'")" = 1 ] \
        || as_postgres "CREATE DATABASE rtportal OWNER rtportal TEMPLATE template0 ENCODING 'UTF8' LOCALE 'C.UTF-8'"
    as_postgres 'REVOKE ALL ON DATABASE rtportal FROM PUBLIC'
}

as_postgres() {
    (cd / && runuser -u postgres -- psql --quiet --no-psqlrc --tuples-only --no-align --dbname postgres --command "$1")
}

provide_redis() {
    is_local_redis || return 0
    PARTS="$PARTS redis"
    changed=''
    if put "$OPT/releases/$1/deploy/files/redis.conf" "$ETC/redis.conf" 644; then changed=yes; fi
    if put "$OPT/releases/$1/deploy/systemd/rtportal-redis.service" /etc/systemd/system/rtportal-redis.service 644; then changed=yes; fi
    put "$OPT/releases/$1/deploy/files/tmpfiles.conf" /etc/tmpfiles.d/rtportal.conf 644 || true
    systemd-tmpfiles --create /etc/tmpfiles.d/rtportal.conf
    systemctl daemon-reload
    systemctl enable rtportal-redis.service
    if [ -n "$changed" ]; then systemctl restart rtportal-redis.service; else systemctl start rtportal-redis.service; fi
}

provide_certificate() {
    install -d -m 700 "$CERTIFICATES"
    case $TLS in
        own)
            openssl x509 -in "$CERTIFICATE" -noout -checkhost "$DOMAIN" | grep -q 'does match' \
                || fail "Sertifikat $CERTIFICATE bukan untuk $DOMAIN."
            [ "$(openssl x509 -in "$CERTIFICATE" -noout -pubkey)" = "$(openssl pkey -in "$KEY" -pubout)" ] \
                || fail "Kunci $KEY bukan pasangan sertifikat $CERTIFICATE."
            put "$CERTIFICATE" "$CERTIFICATES/fullchain.pem" 644 || true
            put "$KEY" "$CERTIFICATES/key.pem" 600 || true
            ;;
        *)
            # With --acme too: nginx must answer before there is a certificate to answer with.
            if ! openssl x509 -in "$CERTIFICATES/fullchain.pem" -noout -checkend 2592000 >/dev/null 2>&1; then
                openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -days 825 -subj "/CN=$DOMAIN" \
                    -addext "subjectAltName=DNS:$DOMAIN" -keyout "$CERTIFICATES/key.pem" \
                    -out "$CERTIFICATES/fullchain.pem" 2>/dev/null
            fi
            ;;
    esac
    chmod 600 "$CERTIFICATES/key.pem"
}

# behind_proxies SITE: visitors' addresses come in front of their connections (the PROXY protocol), told by the proxies.
behind_proxies() {
    trusted=''
    for address in $PROXIES; do trusted="${trusted}    set_real_ip_from $address;\n"; done
    sed -i -e 's/^\(    listen .*443 ssl.*\);$/\1 proxy_protocol;/' \
        -e "s|^    include /etc/nginx/rtportal/server.conf;\$|&\n\n${trusted}    real_ip_header proxy_protocol;|" "$1"
}

# nginx's site; the old one comes back if nginx refuses the new one.
provide_nginx() {
    site=/etc/nginx/sites-available/rtportal
    chain=$CERTIFICATES/fullchain.pem key=$CERTIFICATES/key.pem
    if [ "$TLS" = acme ] && [ -f "/etc/letsencrypt/live/$DOMAIN/fullchain.pem" ]; then
        chain=/etc/letsencrypt/live/$DOMAIN/fullchain.pem key=/etc/letsencrypt/live/$DOMAIN/privkey.pem
    fi
    largest=$(value LARGEST_UPLOAD_MB)
    sed -e "s|@DOMAIN@|$DOMAIN|g" -e "s|@CERTIFICATE@|$chain|g" -e "s|@KEY@|$key|g" -e "s|@BODY@|$((${largest:-25} + 2))|g" \
        "$OPT/releases/$1/deploy/nginx/site.conf" >"$site.new"
    # A machine without IPv6 cannot listen there.
    [ -e /proc/net/if_inet6 ] || sed -i '/\[::\]/d' "$site.new"
    # nginx refuses to be told twice.
    if grep -Eqrs '^[[:space:]]*server_names_hash_bucket_size' /etc/nginx/nginx.conf /etc/nginx/conf.d; then
        sed -i '/^server_names_hash_bucket_size/d' "$site.new"
    fi
    [ -z "$PROXIES" ] || behind_proxies "$site.new"
    for name in $NGINX_FILES; do
        put "$OPT/releases/$1/deploy/nginx/$name" "/etc/nginx/rtportal/$name" 644 || true
    done
    install -d /var/www/rtportal-acme
    if [ "$(readlink /etc/nginx/sites-enabled/default 2>/dev/null)" = /etc/nginx/sites-available/default ]; then
        rm /etc/nginx/sites-enabled/default
    fi
    if [ -f "$site" ]; then cp "$site" "$site.old"; fi
    mv "$site.new" "$site"
    ln -sf "$site" /etc/nginx/sites-enabled/rtportal
    if ! told=$(nginx -t 2>&1); then
        if [ -f "$site.old" ]; then mv "$site.old" "$site"; else rm -f "$site" /etc/nginx/sites-enabled/rtportal; fi
        fail "nginx menolak pengaturan: $told"
    fi
    rm -f "$site.old"
    systemctl enable nginx.service
    systemctl reload-or-restart nginx.service
}

ask_for_certificate() {
    [ -f "/etc/letsencrypt/live/$DOMAIN/fullchain.pem" ] && return
    certbot certonly --non-interactive --agree-tos --email "$EMAIL" --webroot --webroot-path /var/www/rtportal-acme \
        --domain "$DOMAIN" --deploy-hook 'systemctl reload nginx.service' \
        || fail "Sertifikat tidak diberikan. Apakah $DOMAIN sudah menunjuk ke mesin ini dan port 80 terbuka?"
}

close_firewall() {
    # Whatever port the reader of these lines came in by stays open.
    for port in $(sshd -T 2>/dev/null | sed -n 's/^port //p'); do ufw limit "$port/tcp"; done
    ufw allow OpenSSH || true
    ufw allow 80/tcp
    ufw allow 443/tcp
    ufw --force enable
}

enable_parts() {
    systemctl enable rtportal.target
    if has web; then systemctl enable --now rtportal-web.socket; fi
    for part in $PARTS; do
        case $part in
            backup) systemctl enable --now rtportal-backup.timer ;;
            *)
                systemctl enable --now "rtportal-$part.service"
                if [ -n "$1" ] && [ "$part" != redis ] && [ -n "$RUNNING" ]; then
                    systemctl restart --no-block "rtportal-$part.service"
                fi
                ;;
        esac
    done
}

next_steps() {
    cat <<END

Langkah berikutnya:
1. Akun admin pertama (kata sandi ditanyakan; 63.09 adalah contoh kode wilayah):
     sudo rtportal add_official admin@contoh.go.id --nama 'Nama Lengkap' --peran admin --wilayah 63.09
2. Surel keluar dan saluran pesan: isi $ETC/environment, lalu
     sudo systemctl restart rtportal-web rtportal-worker
3. Cadangan: isi BACKUP_RECIPIENTS (lihat deploy/BACKUP.md), lalu coba sekali
     sudo systemctl start rtportal-backup
4. Simpan salinan $ETC/environment di brankas: kuncinya tidak dapat dibuat ulang.
END
}
