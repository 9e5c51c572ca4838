package tminus.markdown;

import java.util.Optional;
import tminus.core.checklist.Section.Purpose;
import tminus.core.traffic.Weight;

/// What the words around a line say about it.
///
/// @param title the heading the line stands under
/// @param purpose what that section is for
/// @param preparing whether the section is done before the deployment
/// @param asks what the heading, or the words that introduce the list, ask of each line
/// @param person the role the list is about: `**DBA:**` before `Name`, `Signature`; empty for none
/// @param shift the weight the heading speaks of: `Step 3: 50% traffic shift`
record Setting(
    String title,
    Purpose purpose,
    boolean preparing,
    Asks asks,
    String person,
    Optional<Weight> shift) {

  enum Asks {
    NOTHING,
    /// To be signed, each by the role it names.
    SIGN_OFFS,
    /// Each is a reason to roll back.
    CRITERIA,
    /// Each names who decides.
    AUTHORITY,
    /// To be done, those that are orders.
    TASKS,
    /// Under a box: what makes up what the box asks for.
    PARTS
  }

  /// The setting of what stands under a heading.
  static Setting under(String title, Purpose purpose, boolean preparing, Optional<Weight> shift) {
    String words = Texts.lower(title);
    Asks asks =
        isSignOffs(words)
            ? Asks.SIGN_OFFS
            : purpose == Purpose.ROLLBACK && isCriteria(words)
                ? Asks.CRITERIA
                : Tasks.asks(title) ? Asks.TASKS : Asks.NOTHING;
    return new Setting(title, purpose, preparing, asks, "", shift);
  }

  /// The setting of a list that these words introduce.
  Setting introducedBy(String intro) {
    String words = Texts.lower(intro);
    boolean rollback = Texts.says(words, "rollback", "roll back", "rolled back");
    Asks next = asks;
    if (isSignOffs(words)) {
      next = Asks.SIGN_OFFS;
    } else if (Texts.says(words, "authority")) {
      next = Asks.AUTHORITY;
    } else if (rollback
        && words.endsWith(":")
        && (Texts.says(words, "if", "when") || isCriteria(words))) {
      next = Asks.CRITERIA;
    } else if (asks == Asks.NOTHING && words.endsWith(":") && Tasks.asks(intro)) {
      next = Asks.TASKS;
    } else if (asks == Asks.CRITERIA
        && Texts.says(
            words, "validation", "checklist", "action", "actions", "steps", "triggered")) {
      next = Asks.NOTHING;
    }
    boolean names = asks == Asks.SIGN_OFFS && next == Asks.SIGN_OFFS && intro.endsWith(":");
    String role = names && !isSignOffs(words) ? intro.substring(0, intro.length() - 1) : person;
    return new Setting(title, purpose, preparing, next, role, shift);
  }

  /// The setting of a paragraph: reasons to roll back, and who decides, are listed.
  Setting outsideLists() {
    return asks == Asks.SIGN_OFFS ? this : asking(Asks.NOTHING);
  }

  /// The setting of what stands in an item.
  ///
  /// @param item the item's words
  Setting within(String item) {
    Setting introduced = introducedBy(item);
    boolean free = introduced.asks() == Asks.NOTHING || introduced.asks() == Asks.TASKS;
    return free
        ? introduced.asking(Tasks.asksForEntries(item) ? Asks.PARTS : Asks.NOTHING)
        : introduced;
  }

  /// The setting under a heading in one whose entries are to be done: they are there too.
  Setting deeper(Setting own) {
    return asks == Asks.TASKS && own.asks() == Asks.NOTHING ? own.asking(Asks.TASKS) : own;
  }

  /// The same, asking for nothing to be done.
  Setting withoutTasks() {
    return asks == Asks.TASKS || asks == Asks.PARTS ? asking(Asks.NOTHING) : this;
  }

  /// The same, asking something else.
  Setting asking(Asks other) {
    return new Setting(title, purpose, preparing, other, person, shift);
  }

  private static boolean isSignOffs(String words) {
    return Texts.says(
        words,
        "sign-off",
        "sign-offs",
        "signoff",
        "signoffs",
        "sign off",
        "approvals",
        "signatures");
  }

  private static boolean isCriteria(String words) {
    return Texts.says(
        words,
        "criteria",
        "criterion",
        "trigger",
        "triggers",
        "conditions",
        "when to",
        "thresholds");
  }
}
