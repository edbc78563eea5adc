package dev.vibecoder.inngest.examples.orders;

/** Where the goods are. */
interface Warehouse {
  /** The price of one piece, in cents. */
  long price(String sku);

  /** Puts goods aside and gives the shelf they are on. */
  String reserve(Item item);

  /** Takes goods back. */
  void restock(Item item);

  /** Takes back what {@link #restock} did. */
  void unstock(Item item);
}
