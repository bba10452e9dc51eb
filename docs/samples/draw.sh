#!/bin/bash
# Draws the pictures of this folder: sample reports over the demo, verified, some of their pages as PNG. First: make demo.
set -euo pipefail
home=${1:-demo/home}
folder=$(dirname "$0")
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
export DISCRETIO_HOME=$home
for sample in apd-fr coc-nl vtc-nl apd-de; do
  discretio report --authority "${sample%-*}" --period 2026-Q4 --as-of 2026-11-21 --lang "${sample#*-}" --out "$work/$sample.pdf"
  discretio verify "$work/$sample.pdf"
  for page in 1 2 5; do
    pdftoppm -r 75 -png -singlefile -f "$page" -l "$page" "$work/$sample.pdf" "$folder/$sample-$page"
  done
done
