// The events and function results of shop, generated from its annotated classes.

/** The payload of each event, by its name. */
export interface EventPayloads {
  "legacy/thing": any;
  "shop/order.placed": OrderPlaced;
  "shop/order.shipped": OrderShipped;
}

/** The events as the TypeScript SDK takes them. */
export type Events = {
  [Name in keyof EventPayloads]: { data: EventPayloads[Name] };
};

/** The result of each function, by its id. */
export interface FunctionResults {
  "audit": null;
  "fulfil-order": Receipt;
  "nightly": number;
}

export type Card = {
  number: string;
};

export type Cash = {
  given: number;
};

export type Line = {
  sku: string;
  count: number;
  bundle?: Line | null;
};

export type OrderPlaced = {
  orderId: string;
  lines: Line[];
  payment: Payment;
  due?: string | null; // date-time
  totals: { [name: string]: number };
  status: "new" | "PAID";
  note?: string | null;
};

export type OrderShipped = {
  orderId: string;
  "tracking-url": string; // uri
};

export type Payment =
  | ({ kind: "card" } & Card)
  | ({ kind: "cash" } & Cash);

export type Receipt = {
  id: string; // uuid
  pdf: string;
  anything: unknown;
};
