@echo off
rem Builds everything and runs all tests; see --help. Tests that drive Debian's clients are skipped here.
setlocal
cd /d "%~dp0"
set DOTNET_CLI_TELEMETRY_OPTOUT=1
set DOTNET_NOLOGO=1
where dotnet >nul 2>nul || (echo The .NET 10 SDK is missing: see https://dot.net 1>&2 & exit /b 1)
dotnet run --project build\RunTests -v q -- %*
exit /b %errorlevel%
