package dev.sluice.export.notebook;

import static dev.sluice.export.notebook.Format.escape;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** A solution, step by step, green where it is called correct and red where not. */
final class Steps {
  private Steps() {}

  /**
   * One step.
   *
   * @param text the step
   * @param verdict whether it is called correct; null if nobody said
   * @param note what stands behind it
   */
  record Step(String text, @Nullable Boolean verdict, String note) {}

  static String html(String heading, List<Step> steps) {
    StringBuilder html = new StringBuilder("<div style=\"margin:6px 0 14px 0;max-width:760px\">\n");
    html.append("<div style=\"font-weight:bold\">").append(escape(heading)).append("</div>\n");
    for (Step step : steps) {
      Boolean verdict = step.verdict();
      String colour = verdict == null ? "#eeeeee" : verdict ? "#dff2df" : "#fbdcd8";
      String mark = verdict == null ? "·" : verdict ? "✓" : "✗";
      html.append("<div style=\"background-color:").append(colour);
      html.append(";color:#111;padding:1px 8px;font-family:monospace;white-space:pre-wrap\">");
      html.append(mark).append(' ').append(escape(step.text()));
      html.append("<span style=\"color:#666\">").append(escape(step.note()));
      html.append("</span></div>\n");
    }
    return html.append("</div>").toString();
  }
}
