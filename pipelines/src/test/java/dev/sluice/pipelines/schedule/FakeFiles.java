package dev.sluice.pipelines.schedule;

import dev.sluice.pipelines.file.Alert;
import dev.sluice.pipelines.file.Schedule;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Scheduled files that a test writes down. */
final class FakeFiles implements ScheduledFiles {
  private final Map<String, Look> files = new ConcurrentHashMap<>();
  private volatile String data = "none";

  void put(String name, Schedule schedule, Instant changed, Alert... alerts) {
    ScheduledFile file = new ScheduledFile(name, Path.of(path(name)), schedule, List.of(alerts));
    files.put(path(name), new Look(file, null, changed));
  }

  void breakFile(String name, String problem, Instant changed) {
    Look good = files.get(path(name));
    files.put(
        path(name), new Look(null, problem, changed, good == null ? List.of() : good.alerts()));
  }

  void newData(String hash) {
    data = hash;
  }

  static String path(String name) {
    return "/pipelines/" + name + ".yaml";
  }

  @Override
  public Look look(String file) {
    return files.getOrDefault(file, new Look(null, "there is no such file", Instant.EPOCH));
  }

  @Override
  public String data(String pattern) {
    return data;
  }
}
