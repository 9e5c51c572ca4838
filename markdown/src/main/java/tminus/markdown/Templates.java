package tminus.markdown;

import java.util.ArrayList;
import java.util.List;
import tminus.core.checklist.Mark;
import tminus.core.checklist.Span;
import tminus.core.checklist.Template;

/// Reads messages that the document holds ready.
final class Templates {

  private static final String SUBJECT = "subject:";

  private Templates() {}

  /// Whether a fence holds a message: it starts with a subject, or what it stands under promises
  /// one.
  static boolean isTemplate(List<Words> lines, String intro, String heading) {
    String first = lines.stream().map(Words::text).filter(t -> !t.isBlank()).findFirst().orElse("");
    String above = Texts.lower(intro.isEmpty() ? heading : intro);
    return Texts.lower(first.strip()).startsWith(SUBJECT)
        || (!first.isEmpty()
            && Texts.says(
                above,
                "notification",
                "notifications",
                "messages",
                "announcements",
                "emails",
                "template",
                "templates",
                "status update",
                "announcement",
                "message",
                "email",
                "e-mail"));
  }

  static Template read(Span span, List<Words> lines, String intro, String heading) {
    String title = intro.isEmpty() ? heading : intro;
    title = title.endsWith(":") ? title.substring(0, title.length() - 1) : title;
    List<String> body = new ArrayList<>();
    List<Mark.Blank> blanks = new ArrayList<>();
    for (Words line : lines) {
      blanks.addAll(Blanks.in(line, Blanks.Brackets.ANY, heading.isEmpty() ? "message" : heading));
      String text = line.text();
      boolean subject = body.isEmpty() && Texts.lower(text.strip()).startsWith(SUBJECT);
      if (subject) {
        title = text.strip().substring(SUBJECT.length()).strip();
      } else if (!body.isEmpty() || !text.isBlank()) {
        body.add(text);
      }
    }
    while (!body.isEmpty() && body.getLast().isBlank()) {
      body.removeLast();
    }
    return new Template(span, title, String.join("\n", body), blanks);
  }
}
