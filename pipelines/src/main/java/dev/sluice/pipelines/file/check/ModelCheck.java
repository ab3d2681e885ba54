package dev.sluice.pipelines.file.check;

import dev.sluice.models.provider.Capability;
import dev.sluice.models.provider.ModelProvider;
import dev.sluice.pipelines.file.Rules;
import dev.sluice.pipelines.file.yaml.Findings;
import dev.sluice.pipelines.file.yaml.Position;
import dev.sluice.pipelines.file.yaml.YamlNode;
import dev.sluice.records.Names;
import dev.sluice.records.config.Key;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Checks that every model that a config names is an entry of the file or an earlier training. */
public final class ModelCheck {
  private final List<StageDraft> drafts;
  private final Map<String, Position> entries;
  private final Map<String, ModelProvider> providers;
  private final Findings findings;

  /**
   * @param entries the names under {@code models} and their places, those with mistakes included
   * @param providers the providers of those without mistakes, by name
   */
  public ModelCheck(
      List<StageDraft> drafts,
      Map<String, Position> entries,
      Map<String, ModelProvider> providers,
      Findings findings) {
    this.drafts = drafts;
    this.entries = entries;
    this.providers = providers;
    this.findings = findings;
  }

  public void check() {
    for (int i = 0; i < drafts.size(); i++) {
      StageDraft draft = drafts.get(i);
      Position entry = entries.get(draft.name);
      if (entry != null && leavesModel(draft)) {
        YamlNode name = draft.at("name");
        findings.mistake(
            name.at(),
            name.path(),
            draft.name,
            "'%s' is also an entry under models (line %d); models and training stages share their names, so rename one"
                .formatted(draft.name, entry.line()),
            null);
      }
      for (Reference mention : draft.mentions) {
        if (mention.refersTo().equals(Key.MODEL)) {
          check(mention, i);
        } else if (mention.refersTo().equals(Key.ENCODER)) {
          checkEncoder(mention);
        }
      }
    }
  }

  private void checkEncoder(Reference mention) {
    if (can(mention.name(), Capability.EMBEDS)) {
      return;
    }
    String example = "an encoder is an entry such as encoder: {provider: onnx} under 'models'";
    if (entries.containsKey(mention.name())) {
      findings.mistake(
          mention.node(),
          "model '%s' generates text and gives no vectors; %s".formatted(mention.name(), example));
    } else {
      findings.mistake(
          mention.node(),
          "unknown encoder '%s'; %s".formatted(mention.name(), example),
          mention.name(),
          providers.keySet().stream().filter(name -> can(name, Capability.EMBEDS)).toList());
    }
  }

  private void check(Reference mention, int index) {
    ModelProvider provider = providers.get(mention.name());
    if (provider != null) {
      fits(mention, provider, drafts.get(index).name);
      return;
    }
    if (entries.containsKey(mention.name())) {
      return;
    }
    Set<String> names = new LinkedHashSet<>(entries.keySet());
    for (StageDraft earlier : drafts.subList(0, index)) {
      if (leavesModel(earlier)) {
        names.add(earlier.name);
      }
    }
    List<String> known = List.copyOf(names);
    for (int i = 0; i < drafts.size(); i++) {
      StageDraft other = drafts.get(i);
      if (!other.name.equals(mention.name())) {
        continue;
      }
      if (i >= index) {
        findings.mistake(
            mention.node(),
            i == index
                ? "stage '%s' cannot use the model that it makes itself".formatted(other.name)
                : "stage '%s' comes later in the file (line %d); a stage uses only models of earlier ones"
                    .formatted(other.name, other.line()));
        return;
      }
      if (leavesModel(other)) {
        return;
      }
      if (other.wiring != null) {
        findings.mistake(
            mention.node(),
            "stage '%s' leaves no model; known models: %s"
                .formatted(other.name, known.isEmpty() ? "none" : Rules.list(known)));
      }
      return;
    }
    String nearest = Names.nearest(mention.name(), known);
    String list = known.isEmpty() ? "there is none" : "known: " + Rules.list(known);
    findings.mistake(
        mention.node(),
        "unknown model '%s'%s".formatted(mention.name(), nearest == null ? "; " + list : ""),
        mention.name(),
        known);
  }

  /** Says if a model cannot do what a stage asks of it. */
  private void fits(Reference mention, ModelProvider provider, String stage) {
    if (!provider.capabilities().contains(Capability.GENERATES)) {
      findings.mistake(
          mention.node(),
          "model '%s' is a sentence encoder, which generates nothing; name a model of another provider"
              .formatted(mention.name()));
    } else if (mention.local() && !provider.capabilities().contains(Capability.TRAINS)) {
      String why =
          provider.server().isPresent()
              ? "is behind a server, which generates and does no more"
              : "of the provider '%s' has no weights here".formatted(provider.name());
      findings.mistake(
          mention.node(),
          "model '%s' %s; stage '%s' trains it or reads its tokens, so name a model of the provider 'djl'"
              .formatted(mention.name(), why, stage));
    }
  }

  private boolean can(String name, Capability capability) {
    ModelProvider provider = providers.get(name);
    return provider != null && provider.capabilities().contains(capability);
  }

  private static boolean leavesModel(StageDraft draft) {
    return draft.wiring != null && draft.wiring.writesModel();
  }
}
