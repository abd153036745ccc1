-- Cases under whose number a region without a part in them has sent money. When such a case comes to expect no money,
-- settlement is told so, for it would wait for an order in vain.
create table others_money (
    number text primary key
);
