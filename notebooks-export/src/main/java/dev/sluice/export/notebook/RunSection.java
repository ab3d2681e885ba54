package dev.sluice.export.notebook;

import dev.sluice.export.Artifact;
import dev.sluice.export.RunView;
import dev.sluice.records.manifest.Manifest;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** What ran. */
final class RunSection {
  private RunSection() {}

  static List<Cell> cells(Artifacts artifacts) {
    List<List<String>> body = new ArrayList<>();
    for (RunView.Stage stage : artifacts.run().stages()) {
      List<String> line = new ArrayList<>(List.of(stage.name(), stage.type(), stage.state()));
      Artifact artifact = stage.artifact();
      line.addAll(artifact == null ? Collections.nCopies(7, "") : numbers(artifact.manifest()));
      body.add(line);
    }
    List<String> head =
        List.of(
            "stage",
            "type",
            "state",
            "rows in",
            "rows out",
            "dead",
            "unparsed",
            "calls",
            "tokens",
            "seconds");
    return List.of(
        Cell.markdown(
            "stages-text",
            "## What ran\n\nOne line for each stage, in the order of the file. *Dead* rows are requests without a usable reply, *unparsed* ones are votes that abstain; rows out and dead rows make up what was expected, exactly. A reused stage shows the figures of the run that did the work."),
        Cell.code("stages", Output.table(head, body, 3)));
  }

  private static List<String> numbers(Manifest made) {
    return List.of(
        Format.count(made.counts().in()),
        Format.count(made.counts().out()),
        Format.count(made.counts().dead()),
        Format.count(made.counts().unparsed()),
        Format.count(made.usage().calls()),
        Format.count(made.usage().promptTokens() + made.usage().completionTokens()),
        Format.fixed(made.seconds(), 1));
  }
}
