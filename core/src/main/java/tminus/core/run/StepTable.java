package tminus.core.run;

import java.util.AbstractMap;
import java.util.AbstractSet;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import tminus.core.plan.Plan;
import tminus.core.plan.Step;
import tminus.core.plan.StepId;

/// Where each step of a run stands, the plan's steps first and then the rollback's. Immutable.
///
/// A changed table shares all but one row with the one it came from, so that an event costs the
/// same in a run of ten steps and of ten thousand: about the square root of their number in copied
/// references, and nothing that is gone through. What the loop asks for all the time, the first
/// step that is not settled and the steps under way, is kept up to date with each change.
final class StepTable extends AbstractMap<StepId, StepState> {

  /// States in a row. Of 10,000 steps a change copies 64 + 157 references.
  private static final int ROW = 64;

  private final Index index;
  private final StepState[][] rows;
  private final int planCursor;
  private final int rollbackCursor;
  private final List<StepId> running;

  /// What never changes: the steps, and where each stands.
  private record Index(List<Step> steps, int planned, Map<StepId, Integer> positions) {

    static Index of(Plan plan) {
      List<Step> steps = new ArrayList<>(plan.steps());
      steps.addAll(plan.rollback());
      Map<StepId, Integer> positions = HashMap.newHashMap(steps.size());
      IntStream.range(0, steps.size()).forEach(i -> positions.put(steps.get(i).id(), i));
      return new Index(List.copyOf(steps), plan.steps().size(), positions);
    }
  }

  private StepTable(
      Index index, StepState[][] rows, int planCursor, int rollbackCursor, List<StepId> running) {
    this.index = index;
    this.rows = rows;
    this.planCursor = planCursor;
    this.rollbackCursor = rollbackCursor;
    this.running = running;
  }

  /// Every step in the same state.
  static StepTable of(Plan plan, StepState first) {
    Index index = Index.of(plan);
    int size = index.steps().size();
    StepState[][] rows = new StepState[(size + ROW - 1) / ROW][];
    for (int row = 0; row < rows.length; row++) {
      rows[row] = new StepState[Math.min(ROW, size - row * ROW)];
      Arrays.fill(rows[row], first);
    }
    return new StepTable(index, rows, 0, index.planned(), List.of());
  }

  private StepState at(int position) {
    return rows[position / ROW][position % ROW];
  }

  /// The step of that name, in the plan or in its rollback.
  Optional<Step> find(StepId id) {
    return Optional.ofNullable(index.positions().get(id)).map(index.steps()::get);
  }

  /// The first step of the plan that is not settled.
  Optional<Step> nextPlanned() {
    return step(planCursor, index.planned());
  }

  /// The first step of the rollback that is not settled.
  Optional<Step> nextOfRollback() {
    return step(rollbackCursor, index.steps().size());
  }

  private Optional<Step> step(int cursor, int end) {
    return cursor < end ? Optional.of(index.steps().get(cursor)) : Optional.empty();
  }

  /// The steps of the plan, or of the rollback, from the first one that is not settled.
  List<Step> rest(boolean ofRollback) {
    return ofRollback
        ? index.steps().subList(rollbackCursor, index.steps().size())
        : index.steps().subList(planCursor, index.planned());
  }

  /// The steps whose effects are under way, in the order they started.
  List<StepId> running() {
    return running;
  }

  /// The table with another state for one step.
  StepTable with(StepId id, StepState state) {
    Integer position = index.positions().get(id);
    if (position == null) {
      throw new IllegalArgumentException("run: there is no step " + id);
    }
    StepState[][] changed = rows.clone();
    StepState[] row = rows[position / ROW].clone();
    row[position % ROW] = state;
    changed[position / ROW] = row;
    return new StepTable(
        index,
        changed,
        cursor(changed, planCursor, index.planned()),
        cursor(changed, rollbackCursor, index.steps().size()),
        running(id, state));
  }

  /// What is settled stays settled, so a cursor only ever moves on.
  private static int cursor(StepState[][] rows, int from, int end) {
    int cursor = from;
    while (cursor < end && rows[cursor / ROW][cursor % ROW].phase().isSettled()) {
      cursor++;
    }
    return cursor;
  }

  private List<StepId> running(StepId id, StepState state) {
    boolean runs = state.phase() == StepState.Phase.RUNNING;
    if (runs == running.contains(id)) {
      return running;
    }
    List<StepId> now = new ArrayList<>(running);
    if (runs) {
      now.add(id);
    } else {
      now.remove(id);
    }
    return List.copyOf(now);
  }

  /// The table with each state changed; of the states that the change leaves alone nothing is
  /// copied.
  @SuppressWarnings("ReferenceEquality") // whether the change left it alone
  StepTable map(UnaryOperator<StepState> change) {
    StepTable table = this;
    for (int i = 0; i < index.steps().size(); i++) {
      StepState was = at(i);
      StepState is = change.apply(was);
      if (is != was) {
        table = table.with(index.steps().get(i).id(), is);
      }
    }
    return table;
  }

  @Override
  public @Nullable StepState get(@Nullable Object id) {
    Integer position = id == null ? null : index.positions().get(id);
    return position == null ? null : at(position);
  }

  @Override
  public boolean containsKey(@Nullable Object id) {
    return id != null && index.positions().containsKey(id);
  }

  @Override
  public Set<Entry<StepId, StepState>> entrySet() {
    return new AbstractSet<>() {
      @Override
      public int size() {
        return index.steps().size();
      }

      @Override
      public Iterator<Entry<StepId, StepState>> iterator() {
        return IntStream.range(0, size())
            .<Entry<StepId, StepState>>mapToObj(i -> Map.entry(index.steps().get(i).id(), at(i)))
            .iterator();
      }
    };
  }
}
