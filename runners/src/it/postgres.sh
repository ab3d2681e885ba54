#!/usr/bin/env bash
# Runs a command beside a PostgreSQL server that is there for it alone: in a temporary folder, on a free port of this machine.
#   postgres.sh COMMAND [ARGUMENT...]   the command finds the server's URL, up to a database's name, in SLUICE_POSTGRES; user sluice
# Takes the programs that are on the PATH or that Debian's package installed; as root on Debian installs that package if it is
# missing; else fetches the programs from Maven Central (about 15 MB, Linux).
set -euo pipefail
[ $# -gt 0 ] || { sed -n '2,6p' "$0" | sed 's/^# \{0,1\}//' >&2; exit 2; }

folder=$(mktemp -d "${TMPDIR:-/tmp}/sluice-postgres.XXXXXX")
programs=

find_programs() {
  local each
  for each in $(ls -d /usr/lib/postgresql/*/bin 2>/dev/null | sort -rV) "$(dirname "$(command -v initdb || echo /none/initdb)")"; do
    if [ -x "$each/initdb" ] && [ -x "$each/postgres" ]; then
      programs=$each
      return 0
    fi
  done
  return 1
}

fetch_programs() {
  local version=17.6.0 kind=embedded-postgres-binaries
  case $(uname -sm) in
    "Linux x86_64") kind=$kind-linux-amd64 ;;
    "Linux aarch64") kind=$kind-linux-arm64v8 ;;
    *) return 1 ;;
  esac
  command -v xz >/dev/null || return 1
  echo "Fetching PostgreSQL's programs from Maven Central" >&2
  mvn -B -ntp -q org.apache.maven.plugins:maven-dependency-plugin:3.8.1:copy \
    -Dartifact=io.zonky.test.postgres:$kind:$version -DoutputDirectory="$folder" &&
    (cd "$folder" && jar xf $kind-$version.jar && mkdir programs && tar -xJf postgres-*.txz -C programs) &&
    programs=$folder/programs/bin
}

if ! find_programs; then
  if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; then
    echo "Installing Debian's package postgresql" >&2
    { apt-get install -y --no-install-recommends postgresql || { apt-get update && apt-get install -y --no-install-recommends postgresql; }; } >"$folder/apt.log" 2>&1 || true
  fi
  if ! find_programs && ! fetch_programs; then
    echo "PostgreSQL's programs are not here and cannot be installed; install Debian's package postgresql, or put initdb and postgres on the PATH." >&2
    exit 1
  fi
fi

# PostgreSQL refuses to run as root.
as_somebody() {
  if [ "$(id -u)" != 0 ]; then "$@"; else (cd "$folder" && setpriv --reuid nobody --regid nogroup --clear-groups "$@"); fi
}
if [ "$(id -u)" = 0 ]; then chown nobody "$folder"; fi

server=
end() {
  if [ -n "$server" ]; then
    kill -INT "$server" 2>/dev/null || true
    wait "$server" 2>/dev/null || true
  fi
  rm -rf "$folder"
}
trap end EXIT

as_somebody "$programs/initdb" --pgdata "$folder/data" --username sluice --auth trust --encoding UTF8 --no-sync >"$folder/initdb.log" 2>&1 || {
  cat "$folder/initdb.log" >&2
  exit 1
}
for _ in 1 2 3 4 5; do
  : >"$folder/server.log"
  port=$((20000 + RANDOM % 20000))
  # setpriv becomes the server, so that its process is the one to end.
  if [ "$(id -u)" = 0 ]; then as=(setpriv --reuid nobody --regid nogroup --clear-groups); else as=(); fi
  (cd "$folder" && exec "${as[@]}" "$programs/postgres" -D data -p $port -c listen_addresses=127.0.0.1 -c unix_socket_directories= -c fsync=off) >"$folder/server.log" 2>&1 &
  server=$!
  for _ in $(seq 100); do
    if grep -q 'database system is ready to accept connections' "$folder/server.log"; then break 2; fi
    kill -0 $server 2>/dev/null || break
    sleep 0.1
  done
  kill -INT $server 2>/dev/null || true
  wait $server || true
  server=
done
if [ -z "$server" ]; then
  echo "PostgreSQL does not start:" >&2
  cat "$folder/server.log" >&2
  exit 1
fi
echo "$("$programs/postgres" --version) at 127.0.0.1:$port" >&2
SLUICE_POSTGRES=jdbc:postgresql://127.0.0.1:$port/ "$@"
