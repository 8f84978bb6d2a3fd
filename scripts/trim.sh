#!/bin/sh
# Deletes from node_modules what this platform never loads. Run from the root, after `npm prune --omit=dev`.
set -eu
here=$(node -p 'process.platform + "/" + process.arch')
for folder in node_modules/onnxruntime-node/bin/*/*/*; do
  case $folder in */"$here") ;; *) rm -rf "$folder" ;; esac
done
flat=$(node -p 'process.platform + "-" + process.arch')
for folder in node_modules/better-sqlite3/prebuilds/*; do
  case $(basename "$folder") in *"$flat"*) ;; *) rm -rf "$folder" ;; esac
done
rm -rf node_modules/better-sqlite3/deps node_modules/better-sqlite3/src models/kernels/assembly
find node_modules -name '*.map' -o -name '*.md' -o -name '*.d.ts' | xargs rm -f
