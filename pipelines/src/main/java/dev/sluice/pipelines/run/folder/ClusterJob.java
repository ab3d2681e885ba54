package dev.sluice.pipelines.run.folder;

/**
 * A job on a cluster, which outlives the client that sent it.
 *
 * @param master where the cluster is asked, such as {@code 127.0.0.1:8081}
 * @param id what the cluster calls it
 * @param name what we called it
 */
public record ClusterJob(String master, String id, String name) {}
