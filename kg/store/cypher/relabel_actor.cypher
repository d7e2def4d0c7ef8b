// An actor of another type than before. $id: the actor; __OLD__ and __NEW__ stand for its second label.
// Its id is taken off meanwhile: the embedded server moves the node as a copy, and would find its id there twice.
MATCH (a:Actor {id: $id})
REMOVE a.id
WITH a
REMOVE a:__OLD__
SET a:__NEW__
WITH a
SET a.id = $id
