@echo off
rem Usage: zhengheng.cmd [COMMAND [ARGUMENT...]]; starts the server when there is no command.
rem Written from the documentation of cmd.exe and not tried yet.
setlocal
set "here=%~dp0"
set "command=%~1"
if "%command%"=="" set "command=start"
if "%command%"=="start" set "command=main"
if not exist "%here%dist\server\%command%.js" (
  echo There is no command %command%. 1>&2
  exit /b 2
)
set "node=%here%node\node.exe"
if not exist "%node%" set "node=node.exe"
shift
set "arguments="
:next
if "%~1"=="" goto run
set arguments=%arguments% "%~1"
shift
goto next
:run
"%node%" "%here%dist\server\%command%.js" %arguments%
exit /b %errorlevel%
