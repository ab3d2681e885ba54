package dev.sluice.export.dataset;

import dev.sluice.export.ExportManifest;
import dev.sluice.export.Split;
import dev.sluice.export.format.FileType;
import dev.sluice.export.format.Target;
import dev.sluice.records.json.Json;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The lines that load and train on an export.
 *
 * @param target how a trainer takes it
 * @param layout the names of its files
 * @param parts the parts of its split
 * @param files the files of all parts
 */
record DatasetLines(
    Target target, DatasetLayout layout, List<Split.Part> parts, List<ExportManifest.File> files) {

  /** The line of Python that loads the files of an export in this folder. */
  String loader(String folder) {
    String own = target.loader();
    if (own != null) {
      return filled(own, folder);
    }
    FileType type = layout.types().get(0);
    StringBuilder files = new StringBuilder();
    for (Split.Part part : parts) {
      files.append(files.isEmpty() ? "" : ", ");
      files.append(Json.compact(part.name())).append(": ");
      files.append(Json.compact(below(folder, layout.pattern(part, type))));
    }
    return "load_dataset(\"" + type.loader() + "\", data_files={" + files + "})";
  }

  /** The command that trains on an export in this folder; empty if the format has none. */
  String launch(String folder) {
    String launch = target.launch();
    return launch == null ? "" : filled(launch, folder);
  }

  private static String below(String folder, String path) {
    return folder.equals(".") ? path : folder + "/" + path;
  }

  /** A line with the places of this export. A part that is not there is the first one. */
  private String filled(String line, String folder) {
    FileType type = layout.types().get(0);
    String text = line.replace("{out}", folder).replace("{kind}", layout.kind());
    List<String> names =
        Stream.concat(parts.stream().map(Split.Part::name), Stream.of("train", "test"))
            .distinct()
            .toList();
    for (String name : names) {
      Split.Part part =
          parts.stream().filter(each -> each.name().equals(name)).findFirst().orElse(parts.get(0));
      List<String> own =
          files.stream()
              .map(ExportManifest.File::path)
              .filter(path -> layout.isOf(part, type, path))
              .map(path -> below(folder, path))
              .toList();
      text =
          text.replace("{" + name + "}", below(folder, layout.place(part, type)))
              .replace("{" + name + ":*}", below(folder, layout.pattern(part, type)))
              .replace("{" + name + ":list}", Json.compact(own))
              .replace(
                  "{" + name + ":hydra}",
                  own.stream()
                      .map(path -> "'" + path + "'")
                      .collect(Collectors.joining(",", "\"[", "]\"")));
    }
    return text;
  }
}
