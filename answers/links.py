"""The page's part «links»."""

from fastapi import APIRouter

router = APIRouter()
