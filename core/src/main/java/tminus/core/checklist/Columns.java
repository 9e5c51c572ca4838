package tminus.core.checklist;

import java.util.ArrayList;
import java.util.List;

/// Sample tables in expectations: what differs from run to run is made a wildcard.
final class Columns {

  private Columns() {}

  /// The lines, with ages and addresses of a table as `[any]`: a sample says `2m`, the answer
  /// `35s`.
  static List<String> loosened(List<String> lines) {
    List<String> header = List.of(lines.getFirst().strip().split("\\s+"));
    boolean table = header.size() >= 3 && header.stream().allMatch(Columns::isHead);
    if (!table) {
      return lines;
    }
    List<String> loosened = new ArrayList<>();
    loosened.add(lines.getFirst());
    for (String line : lines.subList(1, lines.size())) {
      String[] cells = line.strip().split("\\s+");
      for (int i = 0; i < cells.length && cells.length == header.size(); i++) {
        if (differs(header.get(i))) {
          cells[i] = "[any]";
        }
      }
      loosened.add(String.join(" ", cells));
    }
    return loosened;
  }

  private static boolean isHead(String word) {
    return word.chars().allMatch(c -> Character.isUpperCase(c) || "-()/_%".indexOf(c) >= 0);
  }

  private static boolean differs(String head) {
    return head.equals("AGE") || head.endsWith("-IP") || head.equals("PORT(S)");
  }
}
