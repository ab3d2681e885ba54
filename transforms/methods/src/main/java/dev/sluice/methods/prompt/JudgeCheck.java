package dev.sluice.methods.prompt;

import dev.sluice.methods.reply.Reads;
import dev.sluice.methods.reply.ReplyParser;
import dev.sluice.parts.ConfigMistake;
import dev.sluice.parts.Registry;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What is wrong with a judge's prompt where it is used.
 *
 * @param own the prompt
 * @param asksFor what it asks for; known once its parser is right
 * @param steps whether verdicts on steps are needed
 * @param because what needs them, or one on the whole
 */
record JudgeCheck(
    CustomPrompt own, Supplier<PromptPurpose> asksFor, boolean steps, String because) {

  /**
   * The mistakes.
   *
   * @param supplied the variables that there are
   */
  List<ConfigMistake> check(String key, Set<PromptVariable> supplied) {
    if (own.isTask() && own.form() == Form.FEW_SHOT) {
      return List.of(
          new ConfigMistake(
              key + ".form",
              "the family 'task' has no few-shot form; choose another family, such as '%s'"
                  .formatted(steps ? "verdicts" : "yes_no")));
    }
    List<ConfigMistake> ofParser =
        parser().map(given -> given.check(replyKey(key))).orElse(List.of());
    if (!ofParser.isEmpty()) {
      return ofParser;
    }
    List<ConfigMistake> mistakes = new ArrayList<>(own.check(key, asksFor.get(), supplied));
    if (own.isOfUser()) {
      mistakes.addAll(checkReply(key));
    } else if (!own.isTask() && steps != (asksFor.get() == PromptPurpose.STEPS)) {
      mistakes.add(
          new ConfigMistake(
              key + ".family",
              "the family '%s' asks for a verdict on %s, but %s; families that do are %s"
                  .formatted(own.family(), verdictOn(!steps), because, families())));
    }
    return mistakes;
  }

  private Optional<ReplyParser> parser() {
    PromptText file = own.file();
    return Optional.ofNullable(file == null ? own.reply() : file.reply());
  }

  private String replyKey(String key) {
    return key + (own.file() == null ? ".reply" : ".file.reply");
  }

  private static String verdictOn(boolean eachStep) {
    return eachStep ? "each step" : "the whole";
  }

  /** Of a prompt of a user: whether its reply is read as what is needed. */
  private List<ConfigMistake> checkReply(String key) {
    Reads needed = steps ? Reads.STEPS : Reads.OUTCOME;
    @Nullable PromptText file = own.file();
    if (file != null && file.asksFor() != (steps ? PromptPurpose.STEPS : PromptPurpose.OUTCOME)) {
      return List.of(
          new ConfigMistake(
              key + ".file.asks_for",
              "the prompt asks for '%s', but %s; write '%s', and ask for it"
                  .formatted(
                      file.asksFor().name().toLowerCase(Locale.ROOT),
                      because,
                      steps ? "steps" : "outcome")));
    }
    Optional<ReplyParser> parser = parser();
    if (parser.isEmpty()) {
      return List.of(
          new ConfigMistake(
              replyKey(key),
              "a prompt of your own says how its reply is read; give 'reply', such as '%s'; parsers that read a verdict on %s are %s"
                  .formatted(
                      steps ? "written_verdicts" : "boxed", verdictOn(steps), parsers(needed))));
    }
    return parser.get().reads().contains(needed)
        ? List.of()
        : List.of(
            new ConfigMistake(
                replyKey(key),
                "the parser '%s' reads no verdict on %s, but %s; parsers that do are %s"
                    .formatted(parser.get().name(), verdictOn(steps), because, parsers(needed))));
  }

  /** Parsers that can find something, by the words that select them. */
  private static String parsers(Reads wanted) {
    return Registry.get().parts(ReplyParser.class).entrySet().stream()
        .filter(part -> ReplyParser.canRead(part.getValue(), wanted))
        .map(part -> "'" + part.getKey() + "'")
        .collect(Collectors.joining(", "));
  }

  private String families() {
    return PromptFamily.names(Set.of(steps ? PromptPurpose.STEPS : PromptPurpose.OUTCOME)).stream()
        .map(each -> "'" + each + "'")
        .collect(Collectors.joining(", "));
  }
}
