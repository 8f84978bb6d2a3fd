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
rm -rf node_modules/better-sqlite3/deps node_modules/better-sqlite3/src
# Charts take ECharts as modules, and two weights of the font.
rm -rf node_modules/echarts/dist node_modules/echarts/theme node_modules/echarts/i18n
find node_modules/@expo-google-fonts/m-plus-1p -mindepth 1 -maxdepth 1 -type d ! -name '400*' ! -name '700*' | xargs rm -rf
find node_modules -name '*.map' -o -name '*.md' -o -name '*.d.ts' | xargs rm -f
