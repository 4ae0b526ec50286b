#!/usr/bin/env bash
# bin/docs: every library target is documented without a warning, and a warning is refused.
set -euo pipefail
. "$(dirname "${BASH_SOURCE[0]}")/harness.sh"
root=$repository
for part in messages docs; do . "$root/bin/lib/$part.sh"; done

status=0
"$root/bin/docs" >"$work/out" 2>"$work/err" || status=$?
expect "the documentation builds without warnings" [ "$status" = 0 ]
for module in $(library_modules); do
  page=$(tr '[:upper:]' '[:lower:]' <<<"$module")
  expect "$module has a page" [ -f "$root/.build/docs/documentation/$page/index.html" ]
  expect "$module is on the first page" grep -qF -- "- \`\`$module\`\`" "$root/docs/Latent.docc/Latent.md"
done

# The same graphs with a link to nothing. (DocC does not look into articles that the first page does not lead to.)
cp -R "$root/docs/Latent.docc" "$work/Latent.docc"
printf '\nSee ``Torch/Tensor/noSuchMember``.\n' >>"$work/Latent.docc/Grammar.md"
for article in "$root"/docs/Latent.docc/*.md; do
  name=$(basename "$article" .md)
  [ "$name" = Latent ] || expect "$name is on the first page" grep -qF "<doc:$name>" "$root/docs/Latent.docc/Latent.md"
done
docs_log=$work/docs.log
status=0
convert_docs "$work/Latent.docc" "$root/.build/docs-graphs" "$work/docs" >"$work/out" 2>"$work/err" || status=$?
expect_failure "a broken link" 1 'expected no warning of DocC'
expect "and is named" grep -q noSuchMember "$work/err"

finish
