#!/bin/sh
# 政衡。用法：./zhengheng.sh [命令 [参数…]]；没有命令即启动。命令见 dist/server，例如 backup、restore、verify、score。
# Zhengheng. Usage: ./zhengheng.sh [COMMAND [ARGUMENT…]]; starts the server when there is no command.
set -eu
here=$(CDPATH='' cd -- "$(dirname -- "$0")" && pwd -P)
command=${1:-start}
[ $# -eq 0 ] || shift
[ "$command" = start ] && command=main
if [ ! -f "$here/dist/server/$command.js" ]; then
  echo "没有这个命令：$command" >&2
  exit 2
fi

# The Node that was packed along, else the system's.
node="$here/node/bin/node"
[ -x "$node" ] || node=$(command -v node || true)
if [ -z "$node" ]; then
  echo '没有找到 Node；请安装 Node，或用 npm run pack -- 文件夹 --with-node 重新打包。' >&2
  exit 1
fi
# Native parts fit one Node alone.
needed=$(sed -n 's/.*"modules": "\([0-9]*\)".*/\1/p' "$here/package.json")
found=$("$node" -p process.versions.modules)
if [ "$needed" != "$found" ]; then
  built=$(sed -n 's/.*"node": "\(v[0-9.]*\)".*/\1/p' "$here/package.json")
  echo "这份程序在 Node $built 上打包，不能用 $("$node" --version) 运行。" >&2
  exit 1
fi
exec "$node" "$here/dist/server/$command.js" "$@"
