/** What an artifact is made of: manifests, counts, hashes of models and files. */
@NullMarked
package dev.sluice.records.manifest;

import org.jspecify.annotations.NullMarked;
