#!/usr/bin/env bash
# ./build.sh run ARGS...   builds nines if need be, then runs it with these arguments
# ./build.sh test          builds everything and runs all tests (more arguments go to ctest)
# ./build.sh build         builds everything
# Missing Debian packages (cmake/packages.txt) are installed first. Nothing is done twice.
# NINES_WERROR=ON makes warnings errors.
set -euo pipefail

root=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
tree=$root/build/release
packages=$root/cmake/packages.txt
stamp=$root/build/packages.installed

install_packages() {
  # Asking dpkg takes longer than a whole run of nines: once per content of the list is enough.
  cmp -s "$packages" "$stamp" && return
  local missing=()
  local package
  while read -r package; do
    [ "$(dpkg-query -W -f '${db:Status-Status}' "$package" 2>/dev/null)" = installed ] || missing+=("$package")
  done < "$packages"
  if [ ${#missing[@]} -gt 0 ]; then
    local as_root=()
    [ "$(id -u)" = 0 ] || as_root=(sudo)
    echo "installing ${missing[*]}" >&2
    local log
    log=$(mktemp)
    if ! { "${as_root[@]}" apt-get -qq update &&
           "${as_root[@]}" env DEBIAN_FRONTEND=noninteractive apt-get -qq install -y --no-install-recommends \
             "${missing[@]}"; } < /dev/null > "$log" 2>&1; then
      cat "$log" >&2
      rm -f "$log"
      echo "build.sh: could not install; run: apt-get install ${missing[*]}" >&2
      exit 1
    fi
    rm -f "$log"
  fi
  mkdir -p "$root/build"
  cp "$packages" "$stamp"
}

# Results of the program are all that goes to stdout.
build() {
  install_packages
  if [ ! -f "$tree/build.ninja" ] ||
     { [ -n "${NINES_WERROR:-}" ] && ! grep -q "^NINES_WERROR:BOOL=$NINES_WERROR\$" "$tree/CMakeCache.txt"; }; then
    (cd "$root" && cmake --preset release "-DNINES_WERROR=${NINES_WERROR:-OFF}" > /dev/null)
  fi
  local log
  if [ -t 2 ]; then
    ninja -C "$tree" "$@" 2>&1 | { grep -v -e '^ninja: Entering' -e '^ninja: no work' || true; } >&2
  else
    log=$(ninja -C "$tree" --quiet "$@" 2>&1) || { echo "$log" >&2; exit 1; }
  fi
}

usage() { sed -n '2,4s/^# //p' "$root/build.sh" >&2; exit 2; }

verb=${1:-}
[ $# -gt 0 ] && shift
case $verb in
  run)
    build nines_program
    exec "$tree/nines" "$@"
    ;;
  build) build ;;
  test)
    build
    exec ctest --test-dir "$tree" --output-on-failure -j "$(nproc)" "$@"
    ;;
  *) usage ;;
esac
