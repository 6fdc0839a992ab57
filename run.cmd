@echo off
rem Starts a CMS site with tracker, torrents and media torrents; run --node starts the tracker without the CMS.
rem Settings may follow: run --Urls=http://*:80, run --node --Tracker:Port=7000
setlocal
cd /d "%~dp0"
set DOTNET_CLI_TELEMETRY_OPTOUT=1
set DOTNET_NOLOGO=1
where dotnet >nul 2>nul || (echo The .NET 10 SDK is missing: see https://dot.net 1>&2 & exit /b 1)
if "%~1"=="--node" goto node
set log=%TEMP%\orchardtracker-restore.log
dotnet restore src\OrchardTracker.Web -v q >"%log%" 2>&1 && goto site
findstr /r /c:"NU110[12].*OrchardCore\." "%log%" >nul || (type "%log%" 1>&2 & exit /b 1)
echo No CMS site: the package sources of this machine have no Orchard Core. Starting the tracker without it.
goto node

:site
echo Building the site. This takes a minute, the first time.
dotnet build src\OrchardTracker.Web -c Release --no-restore -v q -nologo || exit /b 1
cd src\OrchardTracker.Web
dotnet run -c Release --no-build --no-launch-profile -- %*
exit /b %errorlevel%

:node
if not exist files mkdir files
dir /b /a files | findstr . >nul || (for /l %%i in (1,1,20000) do @echo This is line %%i of a sample. Put files and folders of your own beside it.)>files\sample.txt
if "%~1"=="--node" (
    rem %* still holds what was shifted away.
    dotnet run --project src\OrchardTracker.Node -c Release -v q -- --Publish:Folder=files %2 %3 %4 %5 %6 %7 %8 %9
) else (
    dotnet run --project src\OrchardTracker.Node -c Release -v q -- --Publish:Folder=files %*
)
exit /b %errorlevel%
