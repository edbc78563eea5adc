package dev.vibecoder.inngest.examples.orders;

import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

/** A warehouse for trying things out: everything costs 10.00 and lies on the shelf of its name. */
final class FakeWarehouse implements Warehouse {
  private final ConcurrentMap<String, Integer> stock = new ConcurrentHashMap<>();

  @Override
  public long price(String sku) {
    return 1_000;
  }

  @Override
  public String reserve(Item item) {
    return "shelf-" + item.sku();
  }

  @Override
  public void restock(Item item) {
    stock.merge(item.sku(), item.quantity(), Integer::sum);
  }

  @Override
  public void unstock(Item item) {
    stock.merge(item.sku(), -item.quantity(), Integer::sum);
  }

  int stock(String sku) {
    return stock.getOrDefault(sku, 0);
  }
}
