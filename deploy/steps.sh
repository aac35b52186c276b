# shellcheck shell=sh
# What deploy/install, deploy/upgrade and deploy/rollback do alike; they read this file. Not to be run by itself.
# Every step looks first, so that doing it again changes nothing or mends what is broken.

OPT=/opt/rtportal
ETC=/etc/rtportal
SOCKET=/run/rtportal/web.sock
# What nginx's site includes, and the page that stands in for the portal.
NGINX_FILES='log.conf server.conf proxy.conf busy.html'
SERVICES=$(cd "$(dirname "$0")/systemd" && echo *)

say() { printf '%s\n' "$*"; }
fail() { printf '\nGAGAL: %s\n' "$*" >&2; exit 1; }

need_root() {
    [ "$(id -u)" = 0 ] || fail "Jalankan sebagai root, misalnya dengan sudo."
}

# Two runs at once would undo each other's work.
only_one() {
    mkdir -p "$OPT"
    exec 9>"$OPT/.lock"
    flock -n 9 || fail "deploy/install, upgrade atau rollback lain sedang berjalan di mesin ini."
}

# put FILE TARGET MODE: copies if they differ; true if it did.
put() {
    if [ -f "$2" ] && cmp -s "$1" "$2" && [ "$(stat -c %a "$2")" = "$3" ]; then return 1; fi
    install -D -o root -g root -m "$3" "$1" "$2"
}

# The name of the code that lies beside this script: version and commit, or a checksum of its files.
release_name() {
    if [ -f "$SOURCE/.complete" ]; then
        basename "$SOURCE"
        return
    fi
    version=$(sed -n 's/^version = "\(.*\)"/\1/p' "$SOURCE/pyproject.toml")
    if commit=$(git -c safe.directory='*' -C "$SOURCE" rev-parse --short=10 HEAD 2>/dev/null); then
        say "$version-$commit"
    else
        say "$version-$(cd "$SOURCE" && list_source | xargs -0 sha256sum | sha256sum | cut -c 1-10)"
    fi
}

# Files of code that came without git, as relative names that end in NUL.
list_source() {
    (cd "$SOURCE" && find . \( -name .venv -o -name var -o -name collected -o -name __pycache__ \) -prune \
        -o -type f -print0 | sort -z)
}

# make_release NAME: code, libraries and static files in a folder of their own; complete or not there at all.
make_release() {
    folder=$OPT/releases/$1
    [ -f "$folder/.complete" ] && return
    say "Menyiapkan rilis $1 …"
    rm -rf "$folder"
    mkdir -p "$folder"
    if git -c safe.directory='*' -C "$SOURCE" rev-parse HEAD >/dev/null 2>&1; then
        git -c safe.directory='*' -C "$SOURCE" archive HEAD | tar -x -C "$folder"
    else
        (cd "$SOURCE" && list_source | tar -c --null --no-recursion -T -) | tar -x -C "$folder"
    fi
    reuse_libraries "$folder"
    (cd "$folder" && /usr/bin/python3 rtportal/launch/environment.py . requirements.txt) \
        || fail "Pustaka Python tidak dapat dipasang."
    "$folder/.venv/bin/python" -m compileall -q "$folder" >/dev/null || true
    say "Mengumpulkan berkas tampilan …"
    scratch=$(mktemp -d)
    (cd "$folder" && env -i PATH="$PATH" VAR_DIR="$scratch" STATIC_ROOT=collected/static \
        .venv/bin/python manage.py collectstatic --noinput --verbosity 0) || fail "collectstatic gagal."
    rm -rf "$scratch"
    chown -R root:root "$folder"
    chmod -R u=rwX,go=rX "$folder"
    touch "$folder/.complete"
}

# Most releases need the libraries of the one before: then nothing is fetched, and an upgrade needs no network.
reuse_libraries() {
    present=$OPT/releases/$(linked current)
    cmp -s "$present/requirements.txt" "$1/requirements.txt" || return 0
    cp -a "$present/.venv" "$1/.venv"
    # The first lines of its programs name the folder they lie in.
    grep -lIr "$present/.venv" "$1/.venv/bin" "$1/.venv/pyvenv.cfg" | xargs -r sed -i "s|$present/.venv|$1/.venv|g"
}

# The settings of this server; what is in the file stays, keys that a release needs and the file lacks are added.
complete_environment() {
    scratch=$(mktemp -d)
    lines=$(cd "$OPT/releases/$1" && VAR_DIR="$scratch" .venv/bin/python -m rtportal.launch.secret_lines "$ETC/environment") \
        || fail "$ETC/environment tidak dapat dibaca."
    rm -rf "$scratch"
    [ -n "$lines" ] || return 0
    names=$(say "$lines" | cut -d = -f 1 | tr '\n' ' ')
    if ! is_first_machine; then
        fail "Rilis ini memerlukan kunci baru: $names. Perbarui dahulu mesin pertama, lalu salin baris itu dari $ETC/environment di sana."
    fi
    # A last line without its end would take the first key into its own value.
    [ -z "$(tail -c 1 "$ETC/environment")" ] || echo >>"$ETC/environment"
    say "$lines" >>"$ETC/environment"
    [ -z "$(linked current)" ] || say "Kunci baru di $ETC/environment: $names. Simpan lagi salinan berkas itu di brankas."
}

# value NAME: of the settings of this server, however it is quoted; empty if it has none or there are no settings yet.
value() {
    [ -f "$ETC/environment" ] || return 0
    sed -n "s/[[:space:]]*\$//; s/^[[:space:]]*$1=\(['\"]\{0,1\}\)\(.*\)\1\$/\2/p" "$ETC/environment" | tail -n 1
}

# Further machines bring the settings of the first one with them.
is_first_machine() { [ "$(value FIRST_MACHINE)" != no ]; }

# A copy made by hand, or a password written into redis.conf, must not stay readable for every account.
close_settings() {
    chown root:rtportal "$ETC/environment"
    chmod 640 "$ETC/environment"
    if grep -Eqs '^[[:space:]]*(requirepass|masterauth|user)[[:space:]]' "$ETC/redis.conf"; then
        chown root:rtportal "$ETC/redis.conf"
        chmod 640 "$ETC/redis.conf"
    fi
}

# manage RELEASE COMMAND…: a management command of that release as the services would run it.
manage() {
    release=$1
    shift
    (cd "$OPT/releases/$release" && .venv/bin/python -m rtportal.launch.administer "$ETC/environment" rtportal "$@")
}

# link NAME RELEASE: makes /opt/rtportal/NAME lead to that release, in one step.
link() {
    ln -sfn "releases/$2" "$OPT/.$1.new"
    mv -T "$OPT/.$1.new" "$OPT/$1"
}

# linked NAME: the release that /opt/rtportal/NAME leads to; empty if none.
linked() {
    if [ -L "$OPT/$1" ]; then basename "$(readlink "$OPT/$1")"; fi
}

# runs_here PART: whether this machine has that service (web, worker, beat …).
runs_here() {
    [ -f "/etc/systemd/system/rtportal-$1.service" ]
}

# Units and other files of the release; true if any changed.
put_files() {
    changed=1
    for unit in $SERVICES; do
        part=${unit#rtportal-}
        case " $1 " in
            *" ${part%.*} "*) put "$OPT/releases/$2/deploy/systemd/$unit" "/etc/systemd/system/$unit" 644 && changed=0 ;;
        esac
    done
    put "$OPT/releases/$2/deploy/systemd/rtportal.target" /etc/systemd/system/rtportal.target 644 && changed=0
    put "$OPT/releases/$2/deploy/files/tmpfiles.conf" /etc/tmpfiles.d/rtportal.conf 644 && changed=0
    put "$OPT/releases/$2/deploy/files/journald.conf" /etc/systemd/journald.conf.d/rtportal.conf 644 \
        && { systemctl try-restart systemd-journald.service || true; }
    put "$OPT/releases/$2/deploy/rtportal" /usr/local/bin/rtportal 755 || true
    systemd-tmpfiles --create /etc/tmpfiles.d/rtportal.conf
    if [ $changed = 0 ]; then systemctl daemon-reload; fi
    return $changed
}

# renew_nginx RELEASE [NAME…]: what nginx's site includes, all of it or those. False if nginx refuses it: then the old
# files are back.
renew_nginx() {
    folder=/etc/nginx/rtportal
    made=$OPT/releases/$1/deploy/nginx
    shift
    # shellcheck disable=SC2086 # words on purpose
    [ $# -gt 0 ] || set -- $NGINX_FILES
    runs_here web && [ -e /etc/nginx/sites-enabled/rtportal ] || return 0
    # Of a run that was ended before nginx had taken them.
    if [ -d "$folder.old" ]; then
        rm -rf "$folder"
        mv "$folder.old" "$folder"
    fi
    rm -rf "$folder.new"
    install -d -m 755 "$folder"
    cp -a "$folder" "$folder.new" || return 1
    for name in "$@"; do
        [ ! -f "$made/$name" ] || install -o root -g root -m 644 "$made/$name" "$folder.new/$name" || return 1
    done
    if diff -r "$folder" "$folder.new" >/dev/null; then
        rm -rf "$folder.new"
        return
    fi
    mv "$folder" "$folder.old"
    mv "$folder.new" "$folder"
    if ! { told=$(nginx -t 2>&1) && told=$(systemctl reload-or-restart nginx.service 2>&1); }; then
        rm -rf "$folder"
        mv "$folder.old" "$folder"
        say "nginx menolak berkas rilis itu, yang lama dipakai lagi: $told"
        return 1
    fi
    rm -rf "$folder.old"
}

# On the way back all but log.conf: visitors still come with addresses that the newer one knows to hide.
renew_older_nginx() {
    renew_nginx "$1" server.conf proxy.conf busy.html || true
}

# The parts that are installed here, as words.
parts_here() {
    for unit in /etc/systemd/system/rtportal-*.service; do
        part=${unit##*/rtportal-}
        printf '%s ' "${part%.service}"
    done
}

# To the code that `current` leads to. Requests wait in the socket; the worker first ends what it is doing.
restart_parts() {
    for part in web beat metrics; do
        if runs_here $part; then systemctl restart "rtportal-$part.service" || return 1; fi
    done
    # Up to a quarter of an hour for the longest task; nobody need wait for that.
    if runs_here worker; then systemctl restart --no-block rtportal-worker.service || return 1; fi
}

# ask PATH: the status of an answer of this machine's web, past nginx; 000 if there is none.
ask() {
    host=$(value BASE_URL)
    curl --silent --output /dev/null --max-time 10 --write-out '%{http_code}' --unix-socket "$SOCKET" \
        --header "Host: ${host#https://}" --header 'X-Forwarded-Proto: https' "http://portal$1" || true
}

# works SECONDS PATH: whether an answer 200 comes within that time.
works() {
    runs_here web || return 0
    until=$(($(date +%s) + $1))
    while [ "$(ask "$2")" != 200 ]; do
        [ "$(date +%s)" -lt "$until" ] || return 1
        sleep 1
    done
}

# Old releases but the newest three and those that are linked.
drop_old_releases() {
    kept="$(linked current) $(linked previous)"
    # shellcheck disable=SC2012 # names are our own, without spaces
    for old in $(ls -1t "$OPT/releases" | tail -n +4); do
        case " $kept " in
            *" $old "*) ;;
            *) rm -rf "${OPT:?}/releases/$old" ;;
        esac
    done
}
