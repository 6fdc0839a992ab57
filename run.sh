#!/usr/bin/env bash
# Starts a CMS site with tracker, torrents and media torrents; or the tracker without the CMS. See --help.
set -euo pipefail
cd "$(dirname "$0")"
export DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1

if ! command -v dotnet >/dev/null; then
    echo "The .NET 10 SDK is missing: see https://dot.net" >&2
    exit 1
fi

node=false
case "${1-}" in
--node)
    node=true
    shift
    ;;
--help | -h)
    echo "Usage: ./run.sh [--SETTING=VALUE ...]          a site on http://localhost:8080, set up by itself"
    echo "       ./run.sh --node [--SETTING=VALUE ...]   the tracker without the CMS, publishing ./files on port 6969"
    echo
    echo "Settings of the site are those of ASP.NET Core and Orchard Core, for example --Urls=http://*:80."
    echo "OrchardTracker__AdminPassword in the environment sets the administrator's password at the first start."
    echo "Settings of the node: ./run.sh --node --help"
    exit 0
    ;;
esac

if ! $node; then
    if restored=$(dotnet restore src/OrchardTracker.Web -v q 2>&1); then
        echo "Building the site. This takes a minute, the first time."
        dotnet build src/OrchardTracker.Web -c Release --no-restore -v q -nologo
        cd src/OrchardTracker.Web
        exec dotnet run -c Release --no-build --no-launch-profile -- "$@"
    elif grep -qE 'error NU1' <<<"$restored" && ! grep 'error ' <<<"$restored" | grep -qvE 'NU110[12].*OrchardCore\.|NU1100|NU1301' && dotnet restore src/OrchardTracker.Node -v q >/dev/null 2>&1; then
        # No source at all (NU1100), or none that can be reached (NU1301), is no obstacle when all that the node needs is here.
        echo "No CMS site: the package sources of this machine have no Orchard Core, or cannot be reached. Starting the tracker without it."
    else
        echo "$restored" >&2
        exit 1
    fi
fi

if [ "${1-}" = --help ]; then
    exec dotnet run --project src/OrchardTracker.Node -c Release -v q -- serve --help
fi

mkdir -p files
if [ -z "$(ls files)" ]; then
    # Large enough to have some pieces, and the same on every machine.
    seq -f 'This is line %.0f of a sample. Put files and folders of your own beside it.' 1 50000 >files/sample.txt
fi

exec dotnet run --project src/OrchardTracker.Node -c Release -v q -- --Publish:Folder=files "$@"
