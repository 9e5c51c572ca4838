package tminus.cli;

import tminus.core.run.Event;

/// What `tminus` tells the shell.
enum ExitCode {
  DONE(0),
  FINDINGS(1),
  USAGE(2),
  ROLLED_BACK(3),
  NOT_DONE(4),
  WAITING(5),
  FAULT(70);

  private final int code;

  ExitCode(int code) {
    this.code = code;
  }

  int code() {
    return code;
  }

  static ExitCode of(Event.Result result) {
    return switch (result) {
      case SUCCEEDED -> DONE;
      case ROLLED_BACK -> ROLLED_BACK;
      case NO_GO, ABORTED -> NOT_DONE;
    };
  }
}
