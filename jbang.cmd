@echo off
rem Runs JBang on Windows: for a command of this project with its catalog, whatever the current folder is; all else as it is.
setlocal EnableExtensions DisableDelayedExpansion
set "CATALOG=%~dp0jbang-catalog.json"

if "%~1"=="" goto help
if "%~1"=="--help" goto help
if "%~1"=="-h" goto help
if "%~1"=="help" (
    if "%~2"=="" goto help
    findstr /r /c:"^    \"%~2\": {" "%CATALOG%" >nul || goto help
    call :find_jbang || exit /b 70
    call "%%JBANG%%" run --catalog "%CATALOG%" %~2 --help
    exit /b
)

findstr /r /c:"^    \"%~1\": {" "%CATALOG%" >nul
if not errorlevel 1 (
    call :find_jbang || exit /b 70
    call "%%JBANG%%" run --catalog "%CATALOG%" %*
    exit /b
)

rem JBang's own commands, files, addresses and aliases of other catalogs
for %%C in (run build init edit cache export jdk config trust alias template catalog app completion info version wrapper deps) do (
    if "%~1"=="%%C" goto pass
)
if exist "%~1" goto pass
echo %~1| findstr /r /c:"^[a-z0-9][a-z0-9-]*$" >nul || goto pass
findstr /c:"\"%~1\":" jbang-catalog.json .jbang\jbang-catalog.json "%USERPROFILE%\.jbang\jbang-catalog.json" >nul 2>nul && goto pass
echo jbang: '%~1' is not a command (%~n0 help lists all) 1>&2
exit /b 64

:pass
call :find_jbang || exit /b 70
call "%JBANG%" %*
exit /b

:help
echo Finds out why Socket.IO events don't arrive: which hop, which cause, what to do.
echo(
echo Usage: %~n0 COMMAND [OPTIONS]
echo(
set "NAME="
set "STOP="
for /f tokens^=2^,4^ delims^=^" %%A in ('findstr /r /c:"^    \"[a-z0-9-]*\": {" /c:"^      \"description\"" /c:"^  \"templates\"" "%CATALOG%"') do (
    if "%%A"=="templates" set "STOP=1"
    call :line "%%A" "%%B"
)
echo(
echo Examples:
echo   %~n0 run-all http://localhost:3000
echo   %~n0 e2e http://localhost:3000 --send "chat message" --data "\"hello {mark}\"" --expect "chat message"
echo(
echo %~n0 COMMAND --help lists the options of a command.
echo All other words go to JBang: %~n0 run --help, %~n0 app --help
exit /b 0

:line
if defined STOP exit /b 0
if "%~1"=="description" (
    if not "%NAME%"=="test-fast" call :padded "%NAME%" "%~2"
    exit /b 0
)
set "NAME=%~1"
exit /b 0

:padded
set "CELL=%~1                 "
echo   %CELL:~0,17% %~2
exit /b 0

rem The first jbang on the PATH that is not this file.
:find_jbang
set "JBANG="
for /f "delims=" %%J in ('where jbang.cmd jbang.bat jbang.exe 2^>nul') do (
    if not defined JBANG if /i not "%%~fJ"=="%~f0" set "JBANG=%%~fJ"
)
if defined JBANG exit /b 0
echo jbang: JBang is not on the PATH; install it (https://www.jbang.dev/download), then run this again 1>&2
exit /b 70
