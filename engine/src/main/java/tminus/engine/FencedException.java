package tminus.engine;

/// A write was refused because somebody else has taken over what it was made by the right of.
/// Nothing was written.
public final class FencedException extends JournalException {

  private static final long serialVersionUID = 1L;

  private final transient Fence fence;

  /// A refused write.
  ///
  /// @param store where
  /// @param fence what is out of date
  /// @param owner who has taken over
  public FencedException(String store, Fence fence, String owner) {
    super(
        "%s: %s: was taken over by %s, so nothing more is written from here - go on there"
            .formatted(store, fence.resource(), owner));
    this.fence = fence;
  }

  /// What is out of date.
  public Fence fence() {
    return fence;
  }
}
