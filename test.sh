#!/usr/bin/env bash
# Builds everything and runs all tests; see --help. Installs what is missing where it may.
set -euo pipefail
cd "$(dirname "$0")"
export DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1

if ! command -v dotnet >/dev/null; then
    echo "The .NET 10 SDK is missing: see https://dot.net" >&2
    exit 1
fi

# The clients that interop tests drive. Without them those tests are skipped, by name.
wanted=()
need() { # PROGRAM PACKAGE
    command -v "$1" >/dev/null || wanted+=("$2")
}
need aria2c aria2
need transmission-daemon transmission-daemon
need transmission-remote transmission-cli
need mktorrent mktorrent
need opentracker opentracker
need chromium chromium
need nginx nginx-light
[ -d /usr/lib/postgresql ] || wanted+=(postgresql)
/usr/bin/python3 -c 'import libtorrent' 2>/dev/null || wanted+=(python3-libtorrent)
/usr/bin/python3 -c 'import feedparser' 2>/dev/null || wanted+=(python3-feedparser)

if [ ${#wanted[@]} -gt 0 ] && command -v apt-get >/dev/null; then
    sudo=()
    [ "$(id -u)" = 0 ] || sudo=(sudo -n)
    if [ ${#sudo[@]} = 0 ] || sudo -n true 2>/dev/null; then
        echo "Installing ${wanted[*]} for the interop tests"
        install=("${sudo[@]}" env DEBIAN_FRONTEND=noninteractive RUNLEVEL=1 apt-get install -y -q --no-install-recommends)
        { "${install[@]}" "${wanted[@]}" || { "${sudo[@]}" apt-get update -q && "${install[@]}" "${wanted[@]}"; }; } >/dev/null 2>&1 ||
            echo "Could not install ${wanted[*]}: the tests that need them are skipped."
    else
        echo "Missing, and not to be installed without a password: ${wanted[*]}. The tests that need them are skipped."
    fi
fi

exec dotnet run --project build/RunTests -v q -- "$@"
