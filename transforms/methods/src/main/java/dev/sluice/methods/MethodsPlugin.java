package dev.sluice.methods;

import dev.sluice.methods.prompt.AsksFor;
import dev.sluice.methods.prompt.PromptFamily;
import dev.sluice.methods.prompt.PromptResource;
import dev.sluice.methods.reply.BoxedReply;
import dev.sluice.methods.reply.BoxedStepsReply;
import dev.sluice.methods.reply.FirstErrorReply;
import dev.sluice.methods.reply.JsonReply;
import dev.sluice.methods.reply.PairwiseReply;
import dev.sluice.methods.reply.RegexReply;
import dev.sluice.methods.reply.ReplyParser;
import dev.sluice.methods.reply.ScoreReply;
import dev.sluice.methods.reply.TaggedReply;
import dev.sluice.methods.reply.WordReply;
import dev.sluice.methods.reply.WrittenVerdictsReply;
import dev.sluice.methods.reward.ClassifierReward;
import dev.sluice.methods.reward.MajorityReward;
import dev.sluice.methods.reward.OutcomeReward;
import dev.sluice.methods.reward.OverlongReward;
import dev.sluice.methods.reward.ProcessReward;
import dev.sluice.methods.reward.RandomReward;
import dev.sluice.methods.reward.ReferenceReward;
import dev.sluice.methods.reward.RewardTerm;
import dev.sluice.methods.reward.RubricReward;
import dev.sluice.methods.reward.SemanticReward;
import dev.sluice.parts.Registrar;
import dev.sluice.parts.SluicePlugin;

/** The program's own methods: one line each. */
public final class MethodsPlugin implements SluicePlugin {
  @Override
  public void register(Registrar registrar) {
    registrar.part(RewardTerm.class, ProcessReward.class);
    registrar.part(RewardTerm.class, ClassifierReward.class);
    registrar.part(RewardTerm.class, OutcomeReward.class);
    registrar.part(RewardTerm.class, ReferenceReward.class);
    registrar.part(RewardTerm.class, SemanticReward.class);
    registrar.part(RewardTerm.class, MajorityReward.class);
    registrar.part(RewardTerm.class, RubricReward.class);
    registrar.part(RewardTerm.class, RandomReward.class);
    registrar.part(RewardTerm.class, OverlongReward.class);
    registrar.part(ReplyParser.class, WrittenVerdictsReply.class);
    registrar.part(ReplyParser.class, FirstErrorReply.class);
    registrar.part(ReplyParser.class, BoxedStepsReply.class);
    registrar.part(ReplyParser.class, BoxedReply.class);
    registrar.part(ReplyParser.class, WordReply.class);
    registrar.part(ReplyParser.class, ScoreReply.class);
    registrar.part(ReplyParser.class, PairwiseReply.class);
    registrar.part(ReplyParser.class, JsonReply.class);
    registrar.part(ReplyParser.class, RegexReply.class);
    registrar.part(ReplyParser.class, TaggedReply.class);
    prompt(registrar, "spark", AsksFor.STEPS);
    prompt(registrar, "verdicts", AsksFor.STEPS);
    prompt(registrar, "process_bench", AsksFor.STEPS);
    prompt(registrar, "think_prm", AsksFor.STEPS);
    prompt(registrar, "gen_prm", AsksFor.STEPS);
    prompt(registrar, "final_verification", AsksFor.OUTCOME);
    prompt(registrar, "judgement", AsksFor.OUTCOME);
    prompt(registrar, "yes_no", AsksFor.OUTCOME);
    prompt(registrar, "steps", AsksFor.SOLUTION);
    prompt(registrar, "tagged", AsksFor.SOLUTION);
    prompt(registrar, "think", AsksFor.SOLUTION);
    prompt(registrar, "plan", AsksFor.SOLUTION);
    prompt(registrar, "code", AsksFor.SOLUTION);
    prompt(registrar, "knowledge", AsksFor.SOLUTION);
    prompt(registrar, "examples", AsksFor.SOLUTION);
  }

  private static void prompt(Registrar registrar, String name, AsksFor asksFor) {
    registrar.service(
        PromptFamily.class, name, new PromptResource(MethodsPlugin.class, name, asksFor));
  }
}
