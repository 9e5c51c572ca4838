package tminus.core.lint;

/// A rule together with the look that finds what it is about.
record Check(Rule rule, Look look) {

  /// Looks at a whole document.
  @FunctionalInterface
  interface Look {
    void at(Subject subject, Report report);
  }

  /// Looks at one command.
  @FunctionalInterface
  interface CommandLook {
    void at(Placed command, Report report);
  }

  /// A rule about single commands that a run executes.
  static Check ofCommands(Rule rule, CommandLook look) {
    return new Check(
        rule,
        (subject, report) ->
            subject.commands().stream()
                .filter(command -> !command.isReference())
                .forEach(command -> look.at(command, report)));
  }
}
