@NullMarked
package dev.sluice.pipelines.file;

import org.jspecify.annotations.NullMarked;
