package dev.sluice.export.notebook;

import java.util.List;
import java.util.Map;

/**
 * One output of a cell.
 *
 * @param data its forms by MIME type
 */
record Output(Map<String, String> data) {
  private static final String PLAIN = "text/plain";

  /** What {@code display(HTML(...))} leaves. */
  static Output html(String html) {
    return new Output(Map.of("text/html", html, PLAIN, "<IPython.core.display.HTML object>"));
  }

  /** A picture, with its numbers for where pictures are not shown. */
  static Output picture(List<String> svg, List<String> numbers) {
    return new Output(
        Map.of("image/svg+xml", String.join("\n", svg), PLAIN, String.join("\n", numbers)));
  }

  /** A table of which the first columns, as many as {@code left}, are flush left. */
  static Output table(List<String> head, List<List<String>> body, int left) {
    StringBuilder html = new StringBuilder("<table style=\"border-collapse:collapse\">\n");
    line(html, "th", head, left, "border-bottom:2px solid #888");
    body.forEach(cells -> line(html, "td", cells, left, "border-bottom:1px solid #ddd"));
    return html(html.append("</table>").toString());
  }

  private static void line(
      StringBuilder html, String tag, List<String> cells, int left, String style) {
    html.append("<tr>");
    for (int i = 0; i < cells.size(); i++) {
      html.append('<').append(tag).append(" style=\"text-align:");
      html.append(i < left ? "left" : "right").append(";padding:3px 12px;");
      html.append(style).append("\">").append(Format.escape(cells.get(i)));
      html.append("</").append(tag).append('>');
    }
    html.append("</tr>\n");
  }
}
