package tminus.markdown;

import java.util.List;
import java.util.regex.Pattern;
import tminus.core.checklist.Section.Purpose;

/// What a section is for, from the words of its heading and of those above it.
final class Purposes {

  private static final Pattern NUMBER = Pattern.compile("^(?:\\d{1,3}[.)]|[a-z]\\.)\\s+");
  private static final Pattern SIGNS = Pattern.compile("^[^\\p{L}\\p{N}]+");
  private static final Pattern GO_NO_GO = Pattern.compile("\\bgo\\s?[/-]?\\s?no[\\s-]?go\\b");
  private static final Pattern GATE =
      Pattern.compile("^(?:[\\d.]+\\s+)?(?:\\w+ )?gate\\b( \\w+)?\\s?:");
  private static final Pattern APPENDIX = Pattern.compile("^append(?:ix|ices)\\b");
  private static final Pattern CONTACTS =
      Pattern.compile("\\bcontacts$|\\bcontact (?:information|details|list|persons)\\b");
  private static final Pattern HISTORY =
      Pattern.compile("\\b(?:version|document|revision|change) history\\b");

  /// Read when needed, whatever stands in it.
  private static final String[] REFERENCE = {
    "troubleshooting",
    "comparison",
    "template",
    "templates",
    "references",
    "reference links",
    "quick reference",
    "related documents",
    "related documentation",
    "table of contents",
    "glossary",
    "faq",
    "useful commands",
    "deployment log"
  };

  /// Read when needed, unless boxes in it ask for something.
  private static final List<String> REFERENCE_WITHOUT_BOXES =
      List.of(
          "overview",
          "executive summary",
          "introduction",
          "about this document",
          "background",
          "notes",
          "notes & comments",
          "notes and comments",
          "contents",
          "reference",
          "success criteria");

  private Purposes() {}

  /// @param title the heading's words
  /// @param above the purpose of the section it stands in
  /// @param preparing whether the section it stands in is done before the deployment
  /// @param hasBoxes whether a task box stands under it
  static Purpose of(String title, Purpose above, boolean preparing, boolean hasBoxes) {
    String words = Texts.lower(title).strip();
    if (above == Purpose.REFERENCE || isReference(words, hasBoxes)) {
      return Purpose.REFERENCE;
    }
    if (above == Purpose.ROLLBACK || isRollback(words, preparing)) {
      return Purpose.ROLLBACK;
    }
    if (above == Purpose.GATE || isGate(words)) {
      return Purpose.GATE;
    }
    return above;
  }

  /// Whether what stands under the heading is done before the deployment.
  static boolean prepares(String title) {
    return Texts.says(
        Texts.lower(title),
        "pre-deployment",
        "predeployment",
        "pre-deploy",
        "prerequisites",
        "prerequisite",
        "preparation",
        "readiness",
        "planning",
        "documentation",
        "before");
  }

  private static boolean isGate(String words) {
    return GO_NO_GO.matcher(words).find() || GATE.matcher(words).find();
  }

  private static boolean isRollback(String words, boolean preparing) {
    boolean named =
        Texts.says(
            words,
            "rollback",
            "rollbacks",
            "roll back",
            "rolling back",
            "backout",
            "back-out",
            "disaster recovery");
    // `Deployment and rollback`: what is to be done stands there as well.
    boolean mixed = words.contains("deploy") && Texts.says(words, "and", "&", "or");
    boolean prepared = Texts.says(words, "plan", "readiness", "preparation", "tested", "testing");
    return named && !mixed && !(preparing && prepared);
  }

  private static boolean isReference(String words, boolean hasBoxes) {
    // `A. Contact information`, `5. Overview`, `📋 Overview`
    String bare = SIGNS.matcher(NUMBER.matcher(words).replaceFirst("")).replaceFirst("");
    return APPENDIX.matcher(bare).find()
        || CONTACTS.matcher(bare).find()
        || HISTORY.matcher(bare).find()
        || Texts.says(bare, REFERENCE)
        || (!hasBoxes && REFERENCE_WITHOUT_BOXES.contains(bare));
  }
}
