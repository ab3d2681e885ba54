@NullMarked
package dev.sluice.pipelines.models;

import org.jspecify.annotations.NullMarked;
