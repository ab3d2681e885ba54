@org.jspecify.annotations.NullMarked
package dev.sluice.pipelines.plan;
