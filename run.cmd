@echo off
rem Starts a CMS site with tracker, torrents and media torrents; or the tracker without the CMS. See --help.
setlocal
cd /d "%~dp0"
set DOTNET_CLI_TELEMETRY_OPTOUT=1
set DOTNET_NOLOGO=1
where dotnet >nul 2>nul || (echo The .NET 10 SDK is missing: see https://dot.net 1>&2 & exit /b 1)

rem All of it as it was typed: the numbered ones end with the ninth, and are cut at each = and comma.
set args=%*
if "%~1"=="--help" goto help
if "%~1"=="-h" goto help
if "%~1"=="--node" goto without
set log=%TEMP%\orchardtracker-restore.log
dotnet restore src\OrchardTracker.Web -v q >"%log%" 2>&1 && goto site
findstr /c:"error NU1" "%log%" >nul || goto failed
findstr /c:"error " "%log%" | findstr /v /r /c:"NU110[12].*OrchardCore\." /c:"NU1100" /c:"NU1301" >nul && goto failed
rem No source at all (NU1100), or none that can be reached (NU1301), is no obstacle when all that the node needs is here.
dotnet restore src\OrchardTracker.Node -v q >nul 2>nul || goto failed
echo No CMS site: the package sources of this machine have no Orchard Core, or cannot be reached. Starting the tracker without it.
goto node

:failed
type "%log%" 1>&2
exit /b 1

:help
echo Usage: run [--SETTING=VALUE ...]          a site on http://localhost:8080, set up by itself
echo        run --node [--SETTING=VALUE ...]   the tracker without the CMS, publishing files on port 6969
echo.
echo Settings of the site are those of ASP.NET Core and Orchard Core, for example --Urls=http://*:80.
echo OrchardTracker__AdminPassword in the environment sets the administrator's password at the first start.
echo Settings of the node: run --node --help
exit /b 0

:site
echo Building the site. This takes a minute, the first time.
dotnet build src\OrchardTracker.Web -c Release --no-restore -v q -nologo || exit /b 1
cd src\OrchardTracker.Web
dotnet run -c Release --no-build --no-launch-profile -- %args%
exit /b %errorlevel%

:without
rem What follows the first --node.
set args=%args:*--node=%
if not "%~2"=="--help" goto node
dotnet run --project src\OrchardTracker.Node -c Release -v q -- serve --help
exit /b %errorlevel%

:node
if not exist files mkdir files
dir /b /a files | findstr . >nul || (for /l %%i in (1,1,20000) do @echo This is line %%i of a sample. Put files and folders of your own beside it.)>files\sample.txt
dotnet run --project src\OrchardTracker.Node -c Release -v q -- --Publish:Folder=files %args%
exit /b %errorlevel%
