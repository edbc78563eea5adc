#!/usr/bin/env bash
# Starts an Inngest server for development: the embedded one, or with --cli the real one.
set -euo pipefail

readonly DEFAULT_PORT=9288
readonly DEFAULT_CONNECT_PORT=9289
# Pinned: a server that changes under the project would be found out about by its users.
readonly CLI_VERSION=1.45.1

usage() {
  cat <<'TEXT'
Usage: scripts/start-inngest.sh [--auto] [--cli] [--help] [-- OPTION...]

Starts an Inngest server for development.

  --auto   take the next free pair of ports if one is busy
  --cli    start the real server (npx inngest-cli dev) instead of the embedded one
  --help   show this text
  --       hand everything that follows to the server, except ports

Ports come from INNGEST_DEV_PORT (9288) and INNGEST_CONNECT_PORT (9289), set in the
environment or in the file .env of this project; the environment wins.

Exit status: 0 the server ended normally, 1 a port is busy or something is missing,
2 the command line is wrong; else the server's own.
TEXT
}

fail() {
  printf 'start-inngest: %s\n' "$1" >&2
  exit "${2:-1}"
}

# The value of a variable in .env; the file is read, never executed.
from_file() {
  [[ -f .env ]] || return 0
  sed -n -E "s/^[[:space:]]*(export[[:space:]]+)?$1[[:space:]]*=[[:space:]]*//p" .env |
    tail -n 1 | sed -E "s/[[:space:]]+#.*$//; s/^[\"'](.*)[\"']$/\1/; s/[[:space:]]+$//"
}

port_setting() {
  local name=$1 default=$2 value
  value=${!name:-}
  [[ -n $value ]] || value=$(from_file "$name")
  value=${value:-$default}
  if ! [[ $value =~ ^[0-9]{1,5}$ ]] || ((10#$value < 1 || 10#$value > 65535)); then
    fail "$name is \"$value\", which is no port (1 to 65535)" 2
  fi
  printf '%s' "$((10#$value))"
}

is_busy() {
  local address
  for address in 127.0.0.1 ::1; do
    if (exec 3<>"/dev/tcp/$address/$1") 2>/dev/null; then
      return 0
    fi
  done
  return 1
}

# Who listens on a port, as far as this user may know.
holder() {
  local found=''
  if command -v ss >/dev/null 2>&1; then
    found=$(ss -Hltnp "sport = :$1" 2>/dev/null |
      sed -n -E 's/.*users:\(\("([^"]+)",pid=([0-9]+).*/\1 (process \2)/p' | head -n 1)
  fi
  if [[ -z $found ]] && command -v lsof >/dev/null 2>&1; then
    found=$(lsof -nP -iTCP:"$1" -sTCP:LISTEN 2>/dev/null |
      awk 'NR == 2 { print $1 " (process " $2 ")" }')
  fi
  printf '%s' "${found:-a process that cannot be told}"
}

next_free_pair() {
  local candidate=$1
  while ((candidate < 65535)); do
    if ! is_busy "$candidate" && ! is_busy "$((candidate + 1))"; then
      printf '%s' "$candidate"
      return
    fi
    candidate=$((candidate + 1))
  done
  fail "no two neighbouring ports from $1 upwards are free"
}

# Ports given twice would leave this script checking and printing the wrong ones.
refuse_ports() {
  local option
  for option in "$@"; do
    case $option in
      -p | -p[0-9]* | --port | --port=* | --gateway-port | --gateway-port=* | \
        --connect-gateway-port | --connect-gateway-port=*)
        fail "set INNGEST_DEV_PORT and INNGEST_CONNECT_PORT instead of giving $option" 2
        ;;
    esac
  done
}

# The first source that is newer than a jar, if there is one.
newer_source() {
  find pom.xml runtime/pom.xml runtime/src/main devserver/pom.xml devserver/src/main \
    -type f -newer "$1" -print -quit 2>/dev/null || true
}

start_cli() {
  command -v npx >/dev/null 2>&1 || fail "--cli needs npx, which comes with Node.js"
  # The real server reads neither of our two variables and knows no --gateway-port.
  exec npx --yes "inngest-cli@$CLI_VERSION" dev \
    --port "$port" --connect-gateway-port "$connect_port" --no-discovery "$@"
}

start_embedded() {
  command -v java >/dev/null 2>&1 || fail "java is missing; install a JDK, 17 or newer"
  local jar=devserver/target/inngest-devserver.jar
  if [[ ! -f $jar || -n $(newer_source "$jar") ]]; then
    command -v mvn >/dev/null 2>&1 || fail "$jar is missing or out of date, and mvn to build it is missing"
    printf 'Building %s ...\n' "$jar"
    mvn -q -pl devserver -am package -DskipTests
  fi
  exec java -jar "$jar" --port "$port" --connect-gateway-port "$connect_port" "$@"
}

auto=false
cli=false
while (($# > 0)); do
  case $1 in
    --auto) auto=true ;;
    --cli) cli=true ;;
    -h | --help)
      usage
      exit 0
      ;;
    --)
      shift
      break
      ;;
    *)
      usage >&2
      fail "unknown option $1" 2
      ;;
  esac
  shift
done

refuse_ports "$@"
cd "$(dirname "${BASH_SOURCE[0]}")/.."
port=$(port_setting INNGEST_DEV_PORT "$DEFAULT_PORT")
connect_port=$(port_setting INNGEST_CONNECT_PORT "$DEFAULT_CONNECT_PORT")
((port != connect_port)) || fail "INNGEST_DEV_PORT and INNGEST_CONNECT_PORT are both $port" 2

busy=()
for candidate in "$port" "$connect_port"; do
  if is_busy "$candidate"; then
    busy+=("$candidate")
    printf 'Port %s is held by %s.\n' "$candidate" "$(holder "$candidate")" >&2
  fi
done
if ((${#busy[@]} > 0)); then
  free=$(next_free_pair "$((port + 1))")
  if ! $auto; then
    fail "set INNGEST_DEV_PORT and INNGEST_CONNECT_PORT to free ports, or take $free and $((free + 1)) with --auto"
  fi
  port=$free
  connect_port=$((free + 1))
  printf 'Taking the ports %s and %s instead.\n' "$port" "$connect_port"
fi

export INNGEST_DEV_PORT=$port INNGEST_CONNECT_PORT=$connect_port
printf 'Dashboard and API: http://localhost:%s   set INNGEST_DEV=http://localhost:%s for the app\n' \
  "$port" "$port"
if $cli; then
  start_cli "$@"
else
  start_embedded "$@"
fi
