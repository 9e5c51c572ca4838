package tminus.markdown;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tminus.core.plan.Binding;
import tminus.core.plan.Plan;
import tminus.core.plan.Planner;
import tminus.core.schedule.Dues;

/// Every heading with a time in the seeds gives its steps the times its author means.
class SeedDuesTest {

  /// The headings' lines, each with its begin and end from T-0.
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          0 | '44: -168h..-120h, 129: -168h..-120h, 154: -120h..-72h, 208: -120h..-72h, 253: -120h..-72h,
              300: -120h..-72h, 357: -120h..-72h, 421: -120h..-72h, 444: -72h..-48h, 485: -48h..-24h,
              576: -24h..-2h, 652: -2h..-1h, 666: -1h..0h, 701: 0h..30m, 715: 30m..45m,
              737: 45m..165m, 821: 24h..24h, 890: 0h..1h, 956: 1h..4h, 996: 4h..24h,
              1019: 24h..24h'
          1 | '13: -48h..-2h, 74: -2h..-30m, 112: -30m..-20m, 136: -20m..-10m, 159: -10m..0h,
              187: 0h..5m, 210: 5m..30m, 293: 30m..2h, 320: 2h..24h, 346: 24h..24h,
              455: 0h..24h, 462: 0h..168h, 469: 0h..720h'
          2 | '12: -24h..-1h, 464: -1h..0h, 497: 0h..15m, 557: 15m..25m, 608: 25m..45m,
              678: 45m..50m, 716: 50m..55m, 758: 55m..1h, 798: 1h..75m, 1166: -24h..0h,
              1296: 0h..168h, 1296: 168h..672h'
          3 | '232: 0h..24h, 239: 0h..168h'
          4 | '10: -24h..0h, 212: 0h..5m, 229: 5m..25m, 268: 25m..35m, 315: 35m..50m,
              350: 50m..55m, 367: 55m..65m, 378: 55m..56m, 388: 56m..57m, 408: 57m..1h,
              432: 1h..65m, 452: 65m..80m, 475: 80m..90m, 450: 65m..90m, 522: 1h..6h,
              537: 6h..12h, 549: 12h..24h, 605: -1h..0h, 620: 50m..90m, 635: 90m..90m'
          """)
  void everyTimedHeadingIsDueAsItsAuthorMeans(int seed, String expected) {
    List<String> lines = Seeds.text(seed).lines().toList();
    Plan plan = Planner.plan(Seeds.read(seed), Binding.NONE);
    List<String> dues = new ArrayList<>();
    for (Dues.Section section : Dues.of(plan).sections()) {
      dues.add(
          "%d: %s..%s"
              .formatted(line(lines, section), words(section.begin()), words(section.end())));
    }
    assertThat(dues).containsExactly(expected.split(",\\s+", -1));
  }

  /// The last line before the section's first step that has the heading's words.
  private static int line(List<String> lines, Dues.Section section) {
    String title = section.headings().getLast();
    for (int line = section.steps().getFirst().line(); line > 0; line--) {
      if (lines.get(line - 1).startsWith("#") && lines.get(line - 1).endsWith(title)) {
        return line;
      }
    }
    return 0;
  }

  private static String words(Duration offset) {
    return offset.toMinutes() % 60 == 0 ? offset.toHours() + "h" : offset.toMinutes() + "m";
  }
}
