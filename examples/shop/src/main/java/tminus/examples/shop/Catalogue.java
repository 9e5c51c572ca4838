package tminus.examples.shop;

import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/// What the shop sells. Immutable.
final class Catalogue {

  private static final List<Product> PRODUCTS =
      List.of(
          new Product(1, "Canvas bag", 2_490),
          new Product(2, "Desk lamp", 4_900),
          new Product(3, "Oak shelf", 8_900),
          new Product(4, "Wool blanket", 6_450),
          new Product(5, "Tea kettle", 3_800),
          new Product(6, "Wall clock", 3_200),
          new Product(7, "Linen apron", 2_750),
          new Product(8, "Stoneware mug", 1_290));

  private Catalogue() {}

  static Optional<Product> find(String id) {
    return PRODUCTS.stream().filter(product -> id.equals(Integer.toString(product.id()))).findAny();
  }

  /// All of it, a line each, so that people can read it too.
  static String json() {
    return PRODUCTS.stream().map(Product::json).collect(Collectors.joining(",\n", "[\n", "\n]"));
  }

  /// @param cents the price
  record Product(int id, String name, int cents) {
    String json() {
      return "{\"id\":%d,\"name\":\"%s\",\"price\":%s}".formatted(id, name, price(1));
    }

    /// What that many cost, as a decimal number.
    String price(int quantity) {
      int total = cents * quantity;
      return "%d.%02d".formatted(total / 100, total % 100);
    }
  }
}
