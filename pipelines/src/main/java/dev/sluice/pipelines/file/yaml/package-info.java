/** YAML text as nodes that know their places, and the mistakes found in it. */
@NullMarked
package dev.sluice.pipelines.file.yaml;

import org.jspecify.annotations.NullMarked;
